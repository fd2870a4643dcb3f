/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A listing by cursor (recordings v5 55, 56): each page names where the next one begins, so that rows that come and go do
 * not move the others, and no page is paid for by reading those before it. The page without a cursor is the last, empty or
 * not. No version of the broker documents it, and a gateway may keep it from us: whoever uses it must have another way.
 */
final class PagesByCursor implements Pages {

    /** An unknown path, one that is taken for another's, one that a gateway does not let through. */
    private static final Set<Integer> NOT_THERE = Set.of(400, 403, 404, 405);

    private final HttpTransport transport;
    private final Failures failures;
    private final PageReader reader;
    private final Generation generation;
    private final ApiRequest request;
    private final int limit;
    private final Set<String> given = new HashSet<>();
    private String cursor;

    PagesByCursor(
            HttpTransport transport,
            Failures failures,
            PageReader reader,
            Generation generation,
            ApiRequest request,
            int limit) {
        this.transport = transport;
        this.failures = failures;
        this.reader = reader;
        this.generation = generation;
        this.request = request;
        this.limit = limit;
    }

    @Override
    public Step next(RowReader rows) throws EmqxPlatformException {
        String size = "limit=" + limit;
        ApiRequest page =
                request.withQuery(first() ? List.of(size) : List.of(size, "cursor=" + PercentEncoding.query(cursor)));
        return transport.exchange(
                page, HttpTransport.LARGEST_PAGE, answer -> answer.success() ? read(answer, rows) : refused(answer));
    }

    private boolean first() {
        return cursor == null;
    }

    private Step read(ApiAnswer answer, RowReader rows) throws IOException, EmqxPlatformException {
        AtomicBoolean anyRow = new AtomicBoolean();
        PageReader.Page page;
        try {
            page = reader.read(answer.body(), "data", parser -> {
                anyRow.set(true);
                rows.row(parser);
            });
        } catch (JsonParseException e) {
            // what was cut short might have been a page; a text for people never was one
            if (first() && !anyRow.get() && !(e instanceof JsonEOFException)) {
                return Step.notOffered();
            }
            throw e;
        }
        if (!page.isObject() || !page.hasData()) {
            if (first() && !anyRow.get()) {
                return Step.notOffered();
            }
            throw protocol(answer, "the answer has no list of rows");
        }
        if (page.cursor() == null && Boolean.TRUE.equals(page.meta().hasNext())) {
            // a cursor's pages say nothing of a next one (recordings v5 55, 56): to stop here would lose the rest
            throw protocol(
                    answer,
                    "the deployment gives numbered pages where it offers a cursor: it ignores paging (option"
                            + " pagingStyle=plain goes by number)");
        }
        if (page.cursor() != null && !given.add(page.cursor())) {
            throw protocol(answer, "the deployment gave the same cursor twice: the listing would not end");
        }
        if (given.size() >= MOST) {
            throw protocol(answer, "the listing does not end");
        }
        cursor = page.cursor();
        return Step.read(answer.status(), page.meta().count(), cursor != null);
    }

    private Step refused(ApiAnswer answer) throws IOException, EmqxPlatformException {
        boolean elsewhere = answer.status() / 100 == 3;
        if (first() && (elsewhere || NOT_THERE.contains(answer.status()))) {
            return Step.notOffered();
        }
        EmqxPlatformException failure = failures.ofStatus(generation, request, answer);
        if (!first() && answer.status() == 400) {
            // recording v5 57; what is wrong with the rest of the request, the first page would have told
            return Step.lost(new EmqxUnavailableException(
                    Failures.details(
                            request,
                            answer.status(),
                            failure.resultCode(),
                            "the cluster changed during the listing, which must begin anew: " + failure.apiMessage()),
                    null));
        }
        throw failure;
    }

    private EmqxProtocolException protocol(ApiAnswer answer, String message) {
        return failures.protocol(request, answer.status(), message, null);
    }
}
