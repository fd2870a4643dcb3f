/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.camel.RuntimeCamelException;

/**
 * The rows of a listing, page by page as they are consumed: what {@code paging=stream} puts into the body. A page that
 * fails throws a {@link RuntimeCamelException} around the failure, which {@code onException} sees through. For one
 * thread at a time.
 */
public final class RowIterator implements Iterator<Map<String, Object>>, Closeable {

    /** Makes rows of what a page has. */
    interface RowDecoder {
        List<Map<String, Object>> decode(JsonParser parser) throws IOException;
    }

    private final Listing listing;
    private final RowDecoder decoder;
    private final Queue<Map<String, Object>> page = new ArrayDeque<>();
    private final RowReader rows = new RowReader() {
        @Override
        public void row(JsonParser parser) throws IOException {
            page.addAll(decoder.decode(parser));
        }

        @Override
        public boolean takeBackPage() {
            // none of them was taken: a page is given out when it is whole
            page.clear();
            return true;
        }
    };
    private boolean more = true;
    private boolean cutOff;

    RowIterator(Listing listing, RowDecoder decoder) {
        this.listing = listing;
        this.decoder = decoder;
    }

    @Override
    public boolean hasNext() {
        if (cutOff) {
            // to whoever compares listings, an early end would be the loss of all other rows
            throw new IllegalStateException(
                    "The listing was closed, with its exchange or before, and not all of its rows were read");
        }
        while (page.isEmpty() && more) {
            try {
                more = listing.next(rows);
            } catch (EmqxPlatformException e) {
                close();
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
        }
        return !page.isEmpty();
    }

    @Override
    public Map<String, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    /** No further page is fetched; whoever reads on is told. */
    @Override
    public void close() {
        cutOff |= more || !page.isEmpty();
        more = false;
        page.clear();
    }
}
