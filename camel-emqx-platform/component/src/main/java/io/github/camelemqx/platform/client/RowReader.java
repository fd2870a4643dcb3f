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
}
