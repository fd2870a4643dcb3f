/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Credentials;
import io.github.camelemqx.platform.test.http.Router;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of the API itself: enabled or not, expired or not (recordings v4 473 to 478). */
final class V4Apps {

    private record App(String secret, boolean enabled, long expiresAt) {}

    private final Clock clock;
    private final Map<String, App> apps = new LinkedHashMap<>();

    V4Apps(Clock clock, Credentials key) {
        this.clock = clock;
        apps.put(key.id(), new App(key.secret(), true, Long.MAX_VALUE));
    }

    void addTo(Router router) {
        router.on("POST", "apps", this::create).on("DELETE", "apps/{id}", this::delete);
    }

    boolean admits(Call call) {
        return call.header("authorization")
                .flatMap(Credentials::parse)
                .filter(sent -> {
                    App app = apps.get(sent.id());
                    return app != null
                            && app.secret().equals(sent.secret())
                            && app.enabled()
                            && app.expiresAt() > clock.instant().getEpochSecond();
                })
                .isPresent();
    }

    private Answer create(Call call) {
        V4Params params = V4Params.of(call);
        String secret = params.text("secret").orElseThrow(V4Answers::internalError);
        long expired = params.get("expired").isNumber() ? params.get("expired").longValue() : Long.MAX_VALUE;
        apps.put(
                params.text("app_id").orElseThrow(V4Answers::internalError),
                new App(secret, params.get("status").asBoolean(true), expired));
        return V4Answers.data(Map.of("secret", secret));
    }

    private Answer delete(Call call) {
        apps.remove(call.variable("id"));
        return V4Answers.ok();
    }
}
