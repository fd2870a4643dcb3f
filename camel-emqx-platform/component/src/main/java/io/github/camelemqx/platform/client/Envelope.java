/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.Map;
import java.util.Set;

/** Takes an answer out of what a generation wraps around it. */
final class Envelope {

    private static final Map<?, ?> NOTHING = Map.of();

    /** All fields that an envelope may have: with any other, an answer is bare. */
    private static final Set<?> ENVELOPE = Set.of("code", "message", "data", "meta");

    /** The fields of a failure without a code. */
    private static final Set<?> FAILED = Set.of("message");

    private final Generation generation;
    private final Failures failures;

    Envelope(Generation generation, Failures failures) {
        this.generation = generation;
        this.failures = failures;
    }

    /**
     * What an answer under a status of success holds.
     *
     * @param form how the answer of the route is read
     * @param json the answer, null for an empty one
     * @return null for nothing
     * @throws EmqxPlatformException the failure that generation 4 reports under HTTP 200
     */
    Object open(ApiRequest request, Route.Answer form, int status, Object json) throws EmqxPlatformException {
        return switch (generation) {
            case V5, PLATFORM -> json;
            case V4 -> status == 204 ? nothing(request, status) : opened(request, form, status, json);
        };
    }

    /** To a question, nothing is the answer of a node that is down (recording v4 326; clusters.md, v4 (a)). */
    private Object nothing(ApiRequest request, int status) throws EmqxPlatformException {
        if (request.method().equals("GET")) {
            throw failures.ofResultCode(request, status, null, "nodedown");
        }
        return null;
    }

    private Object opened(ApiRequest request, Route.Answer form, int status, Object json) throws EmqxPlatformException {
        Map<?, ?> envelope = json instanceof Map<?, ?> map ? map : NOTHING;
        Object code = envelope.get("code");
        boolean wrapped = ENVELOPE.containsAll(envelope.keySet())
                && (code != null || envelope.keySet().equals(FAILED));
        if (form.bare() && !wrapped) {
            return json;
        }
        if (code == null || !code.equals(0)) {
            Object message = envelope.get("message");
            throw failures.ofResultCode(request, status, code, message == null ? null : message.toString());
        }
        Object data = envelope.get("data");
        // a node that is down under code 0 (recording v4 24)
        if (data instanceof Map<?, ?> fields && fields.get("error") instanceof String error && fields.size() <= 2) {
            throw failures.ofResultCode(request, status, null, error);
        }
        return data;
    }
}
