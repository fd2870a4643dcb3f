/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

/**
 * A store of state could not be read or written. Nothing is delivered that could not be noted before, so that nothing
 * is lost: the watch goes on when the store does.
 */
public class StateStoreException extends RuntimeException {

    /**
     * @param message names the file or the table
     * @param cause may be null
     */
    public StateStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
