/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

/**
 * What a call brought.
 *
 * @param body in the vocabulary: a Map, a List of Maps, an Iterator of Maps, a text, an InputStream, or
 *     null for nothing
 * @param httpStatus the status of the answer; of the last page for a listing; 0 where nothing was asked yet
 * @param resultCode generation 4's code, generation 5's reason code, null without one
 * @param page what the answer says of the page, for one page of a listing
 */
public record CallResult(Object body, int httpStatus, String resultCode, PageMeta page) {

    static CallResult of(Object body, int httpStatus, String resultCode) {
        return new CallResult(body, httpStatus, resultCode, PageMeta.NONE);
    }
}
