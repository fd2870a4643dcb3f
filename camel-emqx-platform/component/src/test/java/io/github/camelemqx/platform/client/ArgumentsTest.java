/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must never be printed is found wherever it stands. */
class ArgumentsTest {

    private final Catalog catalog = Catalog.load();

    @Test
    void belowASecretNameEverythingIsSecret() {
        Operation request = catalog.resource("api").operation("request");
        Object body = Map.of(
                "credentials", Map.of("value", "hidden-1"),
                "tokens", List.of("hidden-2"),
                "server", "shown");
        assertThat(new Arguments(Map.of(), List.of(), body).secrets(request))
                .containsExactlyInAnyOrder("hidden-1", "hidden-2");
    }

    @Test
    void secretsInTextsAreWhole() {
        Operation update = catalog.resource("configs").operation("update");
        String hocon = """
                a.password = "correct horse, battery}"
                b { secret = plain-one, server = shown }
                c.token = \"""many
                lines\"""
                """;
        assertThat(new Arguments(Map.of(), List.of(), hocon).secrets(update))
                .containsExactlyInAnyOrder("correct horse, battery}", "plain-one", "many\nlines");
    }

    @Test
    void secretsWithoutQuotesGoToTheEndOfTheirLine() {
        Operation update = catalog.resource("configs").operation("update");
        String hocon = """
                node.cookie = correct horse battery # not this
                a: {password: staple}
                server = "mongodb://user:p-in-address@host/"
                """;
        assertThat(new Arguments(Map.of(), List.of(), hocon).secrets(update))
                .containsExactlyInAnyOrder("correct horse battery", "staple", "p-in-address");
    }

    @Test
    void passwordsOfAddressesAndHeadersAreSecret() {
        Operation create = catalog.resource("connectors").operation("create");
        Map<String, Object> connector = Map.of(
                "url", "https://user:p-in-address@host:9/x",
                "headers", Map.of("Authorization", "Bearer hidden"),
                "name", "shown");
        assertThat(Arguments.of(connector).secrets(create)).containsExactlyInAnyOrder("p-in-address", "Bearer hidden");
    }
}
