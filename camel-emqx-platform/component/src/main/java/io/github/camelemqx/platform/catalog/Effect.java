/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

/** What a call does to the broker, and so whether it may be sent again after a failure. */
public enum Effect {
    /** Changes nothing. */
    READ,
    /** Changes something, and sending it twice leaves the same state as sending it once. */
    REPEATABLE,
    /** Changes something each time: never sent again by the component. */
    ONCE
}
