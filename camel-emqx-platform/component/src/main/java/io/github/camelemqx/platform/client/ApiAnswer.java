/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.io.InputStream;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * An answer while it is being read.
 *
 * @param status the HTTP status
 * @param headers gives the first value of a header by its name, in letters of any size; null where there is none
 * @param body bounded in size and time; empty for none; ends with the call, or is a {@link Download}
 */
record ApiAnswer(int status, UnaryOperator<String> headers, InputStream body) {

    /** The first value of a header, null where there is none. */
    String header(String name) {
        return headers.apply(name);
    }

    boolean success() {
        return status >= 200 && status < 300;
    }

    /** Whether the broker says that the body is of that media type. */
    boolean hasType(String mediaType) {
        String type = header("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(mediaType);
    }
}
