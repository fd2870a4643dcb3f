/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.io.IOException;

/** Takes the rows of a page one by one while they arrive. */
interface RowReader {

    /**
     * Reads one row.
     *
     * @param parser at the beginning of a row; must be left at its end
     */
    void row(JsonParser parser) throws IOException, EmqxPlatformException;

    /** All rows of a page have been given. */
    default void pageEnds() {}

    /**
     * Takes back the rows of a page that did not come to its end, because that page is read again.
     *
     * @return whether that is possible; if not, nothing is taken back
     */
    default boolean takeBackPage() {
        return false;
    }

    /**
     * Takes back all rows, because the listing begins anew.
     *
     * @return whether that is possible; if not, nothing is taken back
     */
    default boolean takeBackAll() {
        return false;
    }
}
