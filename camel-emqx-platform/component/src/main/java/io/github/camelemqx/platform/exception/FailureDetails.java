/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/**
 * What is known of a failed call. Nothing in it is secret: the client takes secrets out of the broker's message before.
 *
 * @param operation what was called, as {@code clients:kick}
 * @param httpStatus the status of the answer, 0 when there was none
 * @param resultCode the broker's code as text ({@code "112"}, {@code "CLIENTID_NOT_FOUND"}), null when it gave none
 * @param apiMessage the broker's message, or what the component itself found wrong; null when there is nothing to say
 */
public record FailureDetails(String operation, int httpStatus, String resultCode, String apiMessage) {

    /** A failure found before anything was sent, or of which no answer tells. */
    public static FailureDetails withoutAnswer(String operation, String message) {
        return new FailureDetails(operation, 0, null, message);
    }

    String sentence() {
        StringBuilder sentence = new StringBuilder(operation).append(" failed");
        if (resultCode != null) {
            sentence.append(" with result code ").append(resultCode);
        }
        if (httpStatus != 0) {
            sentence.append(resultCode == null ? " with HTTP " : " (HTTP ").append(httpStatus);
            sentence.append(resultCode == null ? "" : ")");
        }
        return apiMessage == null
                ? sentence.toString()
                : sentence.append(": ").append(apiMessage).toString();
    }
}
