/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import java.util.Objects;

/**
 * A listing in numbered pages, read by the safe loop of emqx-api/README.md: it ends with an empty page, with
 * {@code hasnext=false}, or, where that is absent, with a page shorter than the limit. A deployment that gives another
 * page than was asked for is an error, not an endless loop. To a broker every page is a listing of its own from which it
 * skips the pages before: rows move from page to page while others come and go, and the last page costs the most.
 */
final class PagesByNumber implements Pages {

    private final HttpTransport transport;
    private final Failures failures;
    private final PageReader reader;
    private final Generation generation;
    private final Route route;
    private final ApiRequest request;
    private final PagingStyle style;
    private final int limit;
    private int number;

    PagesByNumber(
            HttpTransport transport,
            Failures failures,
            PageReader reader,
            Generation generation,
            Route route,
            ApiRequest request,
            PagingStyle style,
            int limit) {
        this.transport = transport;
        this.failures = failures;
        this.reader = reader;
        this.generation = generation;
        this.route = route;
        this.request = request;
        this.style = style;
        this.limit = limit;
    }

    /**
     * What was read of a page besides its rows.
     *
     * @param status the HTTP status
     * @param more whether there is a next page
     */
    record PageEnd(int status, PageMeta meta, boolean more) {}

    /** Reads one page, from 1. */
    PageEnd page(int number, RowReader rows) throws EmqxPlatformException {
        ApiRequest page =
                route.answer().unpaged() ? request : request.withQuery(style.query(generation, number, limit));
        return transport.exchange(page, HttpTransport.LARGEST_PAGE, answer -> {
            if (!answer.success()) {
                throw failures.ofStatus(generation, request, answer);
            }
            PageReader.Page read = reader.read(answer.body(), route.answer().rows(), rows);
            check(read, number, answer.status());
            return new PageEnd(answer.status(), read.meta(), more(read));
        });
    }

    @Override
    public Step next(RowReader rows) throws EmqxPlatformException {
        PageEnd end = page(number + 1, rows);
        // not before: one that failed may be asked for again
        number++;
        return Step.read(end.status(), end.meta().count(), end.more());
    }

    private void check(PageReader.Page page, int number, int status) throws EmqxPlatformException {
        boolean failed = generation == Generation.V4
                && page.isObject()
                && (page.code() == null
                        ? !route.answer().bare() || !page.hasData()
                        : !page.code().equals(0));
        if (failed) {
            throw failures.ofResultCode(request, status, page.code(), page.message());
        }
        if (!page.hasData()) {
            throw protocol(status, "the answer has no list of rows");
        }
        Integer given = page.meta().page();
        if (number > 1 && !Objects.equals(given, number)) {
            throw protocol(
                    status,
                    "asked for page " + number + ", the deployment gave " + (given == null ? "one unnamed" : given)
                            + ": it ignores paging by these names (option pagingStyle)");
        }
        if (number >= MOST) {
            throw protocol(status, "the listing does not end");
        }
    }

    private boolean more(PageReader.Page page) {
        if (route.answer().unpaged() || page.rows() == 0 || !page.isObject()) {
            return false;
        }
        Boolean hasNext = page.meta().hasNext();
        return hasNext == null ? page.rows() >= limit : hasNext;
    }

    private EmqxProtocolException protocol(int status, String message) {
        return failures.protocol(request, status, message, null);
    }
}
