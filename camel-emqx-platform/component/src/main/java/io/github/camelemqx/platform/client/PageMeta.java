/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.util.Map;

/**
 * What a listing says of a page. Both generations leave parts out (emqx-api/README.md): generation 5's count with
 * {@code like_} filters, hasnext with an unfiltered {@code /banned}; generation 4's count is -1 with any filter.
 *
 * @param page from 1, null when the answer does not say
 * @param limit the most rows of a page, null when the answer does not say
 * @param count rows of the whole listing, null when unknown
 * @param hasNext whether more pages follow, null when the answer does not say
 */
public record PageMeta(Integer page, Integer limit, Long count, Boolean hasNext) {

    /** An answer without a word about pages. */
    static final PageMeta NONE = new PageMeta(null, null, null, null);

    /** From the object that both generations call {@code meta}; anything else says nothing. */
    static PageMeta of(Object meta) {
        if (!(meta instanceof Map<?, ?> fields)) {
            return NONE;
        }
        Object told = fields.get("count");
        boolean isCount = (told instanceof Integer || told instanceof Long) && ((Number) told).longValue() >= 0;
        Long count = isCount ? (Long) ((Number) told).longValue() : null;
        return new PageMeta(
                fields.get("page") instanceof Integer page ? page : null,
                fields.get("limit") instanceof Integer limit ? limit : null,
                count,
                fields.get("hasnext") instanceof Boolean hasNext ? hasNext : null);
    }
}
