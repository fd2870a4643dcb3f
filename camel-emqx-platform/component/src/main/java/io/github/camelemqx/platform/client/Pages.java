/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;

/** The pages of one listing, read one after the other. For one thread. */
sealed interface Pages permits PagesByNumber, PagesByCursor {

    /** No listing has that many pages; a broker that says so is broken. */
    int MOST = 100_000;

    /** Reads the next page, the first one at first; not to be called after the last. */
    Step next(RowReader rows) throws EmqxPlatformException;

    /**
     * What came of reading a page.
     *
     * @param status the HTTP status of a page that was read, 0 for none
     * @param count of rows in the whole listing as the page tells it, null when it does not
     * @param failure what a lost listing is to whoever cannot take back what was given out, null unless it is lost
     */
    record Step(Outcome outcome, int status, Long count, EmqxUnavailableException failure) {

        static Step read(int status, Long count, boolean more) {
            return new Step(more ? Outcome.MORE : Outcome.LAST, status, count, null);
        }

        static Step notOffered() {
            return new Step(Outcome.NOT_OFFERED, 0, null, null);
        }

        static Step lost(EmqxUnavailableException failure) {
            return new Step(Outcome.LOST, 0, null, failure);
        }
    }

    /** How reading a page went. */
    enum Outcome {
        /** The page was read, and there is a next one. */
        MORE,
        /** The page was read, and it was the last. */
        LAST,
        /** The deployment has no such way of listing; no row was given out. */
        NOT_OFFERED,
        /** The deployment no longer knows how far the listing was: only a new one from the first page is whole. */
        LOST
    }
}
