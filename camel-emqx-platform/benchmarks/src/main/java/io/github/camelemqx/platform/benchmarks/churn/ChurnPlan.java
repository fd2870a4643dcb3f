/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.test.Generation;

/**
 * What happens to a cluster, and who looks at it. With the same seed the same happens, whoever looks.
 *
 * @param clients how many there may be: most of them are connected
 * @param polls how often the observer looks
 * @param pageSize how many rows a page has at the most
 */
record ChurnPlan(Generation generation, Observer.Kind observer, long seed, int clients, int polls, int pageSize) {

    /** How many pages the listing has, or a few more or less: about seven of ten clients are connected. */
    int pages() {
        return Math.max(1, clients * 7 / 10 / pageSize);
    }
}
