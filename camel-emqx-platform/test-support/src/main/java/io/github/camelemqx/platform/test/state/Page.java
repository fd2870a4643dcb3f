/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A piece of a listing.
 *
 * @param count rows of the whole listing
 * @param hasNext true if rows follow this page
 */
public record Page<T>(List<T> rows, long count, boolean hasNext) {

    /** A page of several lists, one after the other; costs no more than its own rows. */
    public static <T> Page<T> of(List<? extends List<T>> parts, long skip, long limit) {
        List<T> rows = new ArrayList<>();
        long count = 0;
        for (List<T> part : parts) {
            long from = Math.max(0, skip - count);
            long to = Math.min(part.size(), skip + limit - count);
            if (from < to) {
                rows.addAll(part.subList((int) from, (int) to));
            }
            count += part.size();
        }
        return new Page<>(rows, count, skip + limit < count);
    }

    /** A page of rows that have to be looked at one by one. */
    public static <T> Page<T> of(Stream<T> rows, long skip, long limit) {
        return of(List.of(rows.toList()), skip, limit);
    }

    /** The same page with other rows in it. */
    public Page<T> with(List<T> others) {
        return new Page<>(others, count, hasNext);
    }
}
