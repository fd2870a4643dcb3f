/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

/**
 * What a walk through a whole listing came to.
 *
 * @param status the HTTP status of the last page, 0 for none
 * @param pages how many were read
 * @param steady whether nothing speaks against its being whole: one page, or pages that all told the same count of rows.
 *     While a cluster loses a node, the count falls from one page to the next and rows of other nodes are skipped
 *     (emqx-api/clusters.md, v5 (a2))
 */
public record Walk(int status, int pages, boolean steady) {

    /** Both one after the other. */
    public Walk and(Walk next) {
        return new Walk(next.status, pages + next.pages, steady && next.steady);
    }
}
