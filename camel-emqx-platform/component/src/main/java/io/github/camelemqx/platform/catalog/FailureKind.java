/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

/** What a failure means to a caller; each kind is one exception. */
public enum FailureKind {
    /** No failure. */
    SUCCESS,
    /** The kind follows from the HTTP status: the code only adds detail. */
    BY_STATUS,
    AUTHENTICATION,
    ACCESS_DENIED,
    INVALID_REQUEST,
    NOT_FOUND,
    CLIENT_OFFLINE,
    CONFLICT,
    RATE_LIMIT,
    UNAVAILABLE,
    SERVER,
    PROTOCOL;

    /**
     * The kind that an HTTP status stands for, of both generations and of gateways before them.
     *
     * @param status a status outside 200 to 299
     */
    public static FailureKind ofStatus(int status) {
        return switch (status) {
            case 401 -> AUTHENTICATION;
            case 403 -> ACCESS_DENIED;
            case 404 -> NOT_FOUND;
            case 409 -> CONFLICT;
            case 429 -> RATE_LIMIT;
            case 502, 503, 504 -> UNAVAILABLE;
            default -> {
                if (status >= 500) {
                    yield SERVER;
                }
                yield status >= 400 ? INVALID_REQUEST : PROTOCOL;
            }
        };
    }
}
