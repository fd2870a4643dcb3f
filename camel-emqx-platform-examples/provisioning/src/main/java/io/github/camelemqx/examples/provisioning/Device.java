/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import java.util.Map;
import java.util.Optional;

/**
 * A device that is to become a user.
 *
 * @param place where it comes from: the number of its line, or the id of its row
 * @param deviceId null if it could not be read
 * @param password null if it could not be read
 * @param unreadable why it could not be read, null if it could
 */
record Device(long place, String deviceId, String password, String unreadable) {

    /** Why nobody need ask the broker; empty if there is no such reason. */
    Optional<String> fault() {
        if (unreadable != null) {
            return Optional.of(unreadable);
        }
        if (deviceId == null || deviceId.isBlank()) {
            return Optional.of("no device id");
        }
        return password == null || password.isBlank() ? Optional.of("no password") : Optional.empty();
    }

    /** As a row of users. */
    Map<String, Object> user() {
        return Map.of("user_id", deviceId, "password", password);
    }

    /** Without the password, wherever it is printed. */
    @Override
    public String toString() {
        return deviceId + " (" + place + ")";
    }
}
