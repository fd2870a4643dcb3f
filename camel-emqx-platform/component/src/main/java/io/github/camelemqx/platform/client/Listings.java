/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Route;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listings of one deployment. Chooses how each is walked, and remembers which cursors the deployment turned out not to
 * offer, so that it is asked for them once. Safe for many threads.
 */
final class Listings {

    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);

    private final HttpTransport transport;
    private final Failures failures;
    private final PageReader reader;
    private final Set<String> notOffered = ConcurrentHashMap.newKeySet();

    Listings(HttpTransport transport, Failures failures, PageReader reader) {
        this.transport = transport;
        this.failures = failures;
        this.reader = reader;
    }

    /** The pages of a listing by their numbers, which every deployment has. */
    PagesByNumber byNumber(Generation generation, Route route, ApiRequest request, PagingStyle style, int limit) {
        return new PagesByNumber(transport, failures, reader, generation, route, request, style, limit);
    }

    /**
     * The whole of a listing.
     *
     * @param route the way of the call, which knows of a cursor
     * @param values the filters, which the cursor may not know all
     * @param request for the first page but for its size
     * @param style anything but {@code AUTO} says that pages have numbers
     * @param retries for its pages
     */
    Listing whole(
            Generation generation,
            Route route,
            Map<String, Object> values,
            ApiRequest request,
            PagingStyle style,
            int limit,
            Retries retries) {
        PagesByNumber byNumber = byNumber(generation, route, request, style, limit);
        Route.Cursor cursor = route.cursor();
        boolean possible = style == PagingStyle.AUTO
                && cursor != null
                && cursor.filters().containsAll(values.keySet())
                && !notOffered.contains(cursor.path());
        if (!possible) {
            return new Listing(byNumber, retries);
        }
        ApiRequest there = request.at(route.path(), cursor.path());
        return new Listing(
                () -> new PagesByCursor(transport, failures, reader, generation, there, limit),
                byNumber,
                () -> remember(cursor.path()),
                retries);
    }

    private void remember(String path) {
        if (notOffered.add(path)) {
            LOG.debug("The deployment does not offer {}: its listings go by page number", path);
        }
    }
}
