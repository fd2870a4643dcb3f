/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import io.github.camelemqx.platform.model.BulkOutcome;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What became of a device.
 *
 * @param place as of the {@link Device}
 * @param deviceId null if it could not be read
 * @param status {@code created}, {@code existed}, {@code refused}, or {@code later} for what may well succeed another time
 * @param reason why it is not created; empty otherwise
 */
record Outcome(long place, String deviceId, String status, String reason) {

    /** Generation 5's word for it, and generation 4's. */
    private static final Set<String> EXISTED = Set.of("ALREADY_EXISTS", "existed");

    /** Says nothing of the device: too many calls, no answer, a broker or a node that is down. */
    private static final Pattern PASSES =
            Pattern.compile("HTTP (0|429|5\\d\\d)|101|NODE_DOWN|BAD_RPC|SERVICE_UNAVAILABLE");

    static Outcome refused(Device device, String reason) {
        return new Outcome(device.place(), device.deviceId(), "refused", reason);
    }

    static Outcome of(Device device, BulkOutcome told) {
        if (told.success()) {
            return new Outcome(device.place(), device.deviceId(), "created", "");
        }
        String status = EXISTED.contains(told.code())
                ? "existed"
                : PASSES.matcher(told.code()).matches() ? "later" : "refused";
        String reason = told.message() == null ? told.code() : told.code() + ": " + told.message();
        return new Outcome(device.place(), device.deviceId(), status, reason);
    }

    boolean isLater() {
        return status.equals("later");
    }

    /** The parameters of the statement that writes it back. */
    Map<String, Object> parameters() {
        return Map.of("id", place, "status", status, "reason", reason);
    }

    /** A line of the report: place, device, status, reason. */
    String line() {
        return place + "," + (deviceId == null ? "" : quoted(deviceId)) + "," + status + "," + quoted(reason) + "\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"").replaceAll("\\R", " ") + '"';
    }
}
