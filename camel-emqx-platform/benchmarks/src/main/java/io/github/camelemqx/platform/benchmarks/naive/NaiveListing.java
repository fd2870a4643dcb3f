/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.naive;

import io.github.camelemqx.platform.benchmarks.RowFormat;

/**
 * The listing that a naive route reads, page by page.
 *
 * @param apiUrl the base of all calls, such as {@code http://127.0.0.1:18083/api/v5}
 * @param appId the key's id
 * @param appSecret its secret
 * @param generation5 whether it is the listing of generation 5; that of 4 has other names for the parameters of paging, and no
 *     {@code fields} (recordings v5 35, v4 43)
 * @param pageSize how many rows a page has at the most
 */
public record NaiveListing(String apiUrl, String appId, String appSecret, boolean generation5, int pageSize) {

    /** A call for a page, whose number the exchange has in its property {@code page}. */
    String uri() {
        String page = "${exchangeProperty.page}";
        return generation5
                ? apiUrl + "/clients?page=" + page + "&limit=" + pageSize + "&fields=" + RowFormat.FIELDS
                : apiUrl + "/clients?_page=" + page + "&_limit=" + pageSize;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return uri();
    }
}
