/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/**
 * An answer while it is being read.
 *
 * @param status the HTTP status
 * @param headers by name in small letters, the first value of each
 * @param body bounded in size and time; empty for none; ends with the call, or is a {@link Download}
 */
record ApiAnswer(int status, Map<String, String> headers, InputStream body) {

    boolean success() {
        return status >= 200 && status < 300;
    }

    /** Whether the broker says that the body is of that media type. */
    boolean hasType(String mediaType) {
        return headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT).startsWith(mediaType);
    }
}
