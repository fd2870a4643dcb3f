/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.util.Map;

/** A call that is measured, as generation 5 has it. */
public enum Call {
    /** One client. */
    GET("GET", "/clients/" + Call.CLIENT, null, 200, Call.SHORT),
    /** One client loses its connection; the answer has no body. */
    KICK("DELETE", "/clients/" + Call.CLIENT, null, 204, Call.SHORT),
    /** A user is added. */
    CREATE_USER(
            "POST",
            "/authentication/" + Call.AUTHENTICATOR + "/users",
            Map.of("user_id", "device-1", "password", "word", "is_superuser", false),
            201,
            Call.SHORT),
    /** A message is published. */
    PUBLISH(
            "POST",
            "/publish",
            Map.of("topic", "devices/1/set", "payload", "{\"on\":true}", "qos", 1),
            200,
            Call.SHORT),
    /** A page of a thousand clients. */
    LIST("GET", "/clients?page=1&limit=1000", null, 200, 4);

    /** Seconds of a turn. */
    private static final double SHORT = 0.5;

    /** The base path of the API. */
    static final String API = "/api/v5";

    /** The id of the client that is asked for and kicked. */
    static final String CLIENT = "sensor-0001-0002-0003-04";

    /** The built-in database as an authenticator, as a path has it. */
    static final String AUTHENTICATOR = "password_based%3Abuilt_in_database";

    private final String method;
    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // Map.of is
    private final Map<String, Object> body;

    private final int status;
    private final double turnSeconds;

    Call(String method, String path, Map<String, Object> body, int status, double turnSeconds) {
        this.method = method;
        this.path = path;
        this.body = body;
        this.status = status;
        this.turnSeconds = turnSeconds;
    }

    /** The method of HTTP. */
    public String method() {
        return method;
    }

    /** Path and query below the base path. */
    public String path() {
        return path;
    }

    /** What becomes the JSON of the request; null without one. */
    public Map<String, Object> body() {
        return body;
    }

    /** How long it is measured in a turn: several times as long as it takes from the most threads. */
    double turnSeconds() {
        return turnSeconds;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }
}
