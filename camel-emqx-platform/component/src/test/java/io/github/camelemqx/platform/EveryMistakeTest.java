/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.ParameterType;
import io.github.camelemqx.platform.catalog.Place;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is wrong in the URI of any operation of the catalogue is said before a route starts: nothing listens at the address
 * that the endpoints have.
 */
class EveryMistakeTest {

    private static final Catalog CATALOG = Catalog.load();

    private static CamelContext camel;

    @BeforeAll
    static void start() {
        camel = new DefaultCamelContext();
        EmqxPlatformConfiguration connection =
                camel.getComponent("emqx-platform", EmqxPlatformComponent.class).getConfiguration();
        connection.setAppId("id");
        connection.setAppSecret("word-that-is-secret");
        connection.setPlatformApiUrl("https://localhost:1/public_api/v1");
        connection.setPlatformKey("key");
        connection.setPlatformSecret("other-word-that-is-secret");
        camel.start();
    }

    @AfterAll
    static void stop() {
        camel.stop();
    }

    static Stream<Operation> operations() {
        return CATALOG.resources().stream()
                .flatMap(resource -> resource.operations().values().stream())
                .filter(operation -> operation.parameters().stream().noneMatch(Parameter::steers));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anUnknownParameterIsNamedWithTheNearest(Operation operation) {
        List<Parameter> given = byOption(operation);
        if (given.isEmpty()) {
            assertThat(said(operation, "&param.colour=red")).contains("has no parameter 'colour'");
        }
        for (Parameter parameter : given) {
            String misspelled = parameter.name() + "x";
            assertThat(said(operation, "&param." + misspelled + "=1"))
                    .contains("has no parameter '" + misspelled + "'; it has: " + parameter.name());
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aValueOfAnotherTypeIsNamed(Operation operation) {
        for (Parameter parameter : byOption(operation)) {
            boolean free = parameter.allowed().isEmpty()
                    && (parameter.type() == ParameterType.STRING || parameter.type() == ParameterType.ANY);
            if (!free) {
                assertThat(said(operation, "&param." + parameter.name() + "=~none~"))
                        .as(parameter.name())
                        .contains("Parameter " + parameter.name() + " must be")
                        .contains(parameter.type() == ParameterType.OBJECT ? "not a String" : "not '~none~'");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aGenerationThatLacksItSaysSo(Operation operation) {
        for (Generation generation : Generation.BROKERS) {
            boolean ofAccount = operation.generations().contains(Generation.PLATFORM);
            if (!ofAccount && !operation.generations().contains(generation)) {
                Throwable refused = catchThrowable(() -> start(uri(operation, generation)));
                assertThat(refused).as(operation.fullName()).isNotNull();
                assertThat(words(refused)).contains("eneration " + generation + " has no " + operation.fullName());
            }
        }
    }

    /** What a route may write as param.NAME: no secrets, and what an option of its own gives is not misspelled here. */
    private static List<Parameter> byOption(Operation operation) {
        return operation.parameters().stream()
                .filter(parameter -> !parameter.secret() && !parameter.at(Place.Kind.FILE_NAME))
                .filter(parameter ->
                        !List.of("clientid", "username", "topic", "node", "id").contains(parameter.name()))
                .toList();
    }

    private static String said(Operation operation, String options) {
        Generation generation = operation.generations().iterator().next();
        Throwable refused = catchThrowable(() -> start(uri(operation, generation) + options));
        assertThat(refused).as(operation.fullName() + options).isNotNull();
        return words(refused);
    }

    private static String words(Throwable refused) {
        StringBuilder words = new StringBuilder();
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            words.append(cause.getMessage()).append('\n');
        }
        return words.toString();
    }

    private static String uri(Operation operation, Generation generation) {
        String uri = "emqx-platform:" + operation.resource() + "?operation=" + operation.name();
        return generation == Generation.PLATFORM ? uri : uri + "&apiUrl=https://localhost:1/api/" + generation.label();
    }

    private static void start(String uri) throws Exception {
        camel.getEndpoint(uri).createProducer();
    }
}
