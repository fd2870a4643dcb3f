/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PlatformSimulator;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Generation.class)
class ActionTest extends WithKamelets {

    private static String action(String resource, String operation) {
        return "emqx-platform-action?resource=" + resource + "&operation=" + operation + "&" + CONNECTION;
    }

    @Test
    void aListIsJsonText() {
        emqx.connect("c1");
        emqx.connect("c2");

        Exchange done = done(action("clients", "list"), null, Map.of());

        assertThat(json(done.getMessage().getBody()))
                .extracting(client -> client.get("clientid").textValue())
                .containsExactlyInAnyOrder("c1", "c2");
        assertThat(done.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(200);
        assertThat(done.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void aPageIsWhatThePropertiesSay() {
        emqx.connect("c1");
        emqx.connect("c2");

        Exchange done = done(
                action("clients", "list") + "&paging=page&pageSize=1&parameters=RAW({\"page\": 2})", null, Map.of());

        assertThat(json(done.getMessage().getBody())).hasSize(1);
        assertThat(done.getMessage().getHeader(EmqxPlatformConstants.PAGE)).isEqualTo(2);
    }

    @Test
    void anObjectIsJsonTextAndAHeaderSaysWhich() {
        emqx.connect("c1");

        Exchange done = done(action("clients", "get"), "no row at all", Map.of(EmqxPlatformConstants.CLIENT_ID, "c1"));

        JsonNode client = json(done.getMessage().getBody());
        assertThat(client.get("clientid").textValue()).isEqualTo("c1");
        assertThat(client.get("connected").booleanValue()).isTrue();
    }

    @Test
    void theBodyIsARowInJson() {
        done(
                action("banned", "create"),
                "{\"as\": \"clientid\", \"who\": \"c1\", \"reason\": \"loud & clear\"}",
                Map.of());

        assertThat(emqx.bans()).singleElement().satisfies(ban -> {
            assertThat(ban.who()).isEqualTo("c1");
            assertThat(ban.reason()).isEqualTo("loud & clear");
        });
    }

    @Test
    void parametersOfThePropertyGoBeforeThoseOfTheBody() {
        String fixed = "&parameters=RAW({\"as\": \"clientid\", \"reason\": \"a+b, 100 % \\\"fixed\\\"\"})";

        done(action("banned", "create") + fixed, Map.of("who", "c1", "reason", "of the body"), Map.of());

        assertThat(emqx.bans()).singleElement().satisfies(ban -> {
            assertThat(ban.who()).isEqualTo("c1");
            assertThat(ban.reason()).isEqualTo("a+b, 100 % \"fixed\"");
        });
    }

    @Test
    void parametersOfTheMessageReplaceThoseOfTheProperty() {
        done(
                action("banned", "create") + "&parameters=RAW({\"as\": \"username\", \"reason\": \"of the property\"})",
                null,
                Map.of(EmqxPlatformConstants.PARAMETERS, Map.of("as", "clientid", "who", "c1")));

        assertThat(emqx.bans()).singleElement().satisfies(ban -> assertThat(ban.as())
                .isEqualTo("clientid"));
    }

    @Test
    void parametersOfOneActionAreNotThoseOfTheNext() throws Exception {
        emqx.connect("c1");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both")
                        .to("kamelet:" + action("clients", "get") + "&parameters=RAW({\"clientid\": \"c1\"})")
                        .to("mock:first")
                        .setBody(constant(""))
                        .to("kamelet:" + action("banned", "create")
                                + "&parameters=RAW({\"as\": \"clientid\", \"who\": \"c1\"})")
                        .to("mock:second");
            }
        });

        template.sendBody("direct:both", "{}");

        assertThat(getMockEndpoint("mock:first")
                        .getReceivedExchanges()
                        .get(0)
                        .getMessage()
                        .getHeaders())
                .doesNotContainKey(EmqxPlatformConstants.PARAMETERS);
        assertThat(getMockEndpoint("mock:second").getReceivedExchanges().get(0).getVariables())
                .isEmpty();
        assertThat(emqx.bans()).hasSize(1);
    }

    @Test
    void aCallWithoutAResultLeavesNoText() {
        emqx.addUser("u1", "p");

        Exchange done = done(action("users", "delete"), null, Map.of(EmqxPlatformConstants.USERNAME, "u1"));

        assertThat(emqx.users()).isEmpty();
        assertThat(done.getMessage().getBody()).isNull();
    }

    @Test
    void whatIsNotThereIsAFailureUnlessItIsNotMeantToBe() {
        Map<String, Object> nobody = Map.of(EmqxPlatformConstants.CLIENT_ID, "nobody");

        assertThat(call(action("clients", "get"), null, nobody).getException())
                .isInstanceOf(EmqxNotFoundException.class);
        assertThat(done(action("clients", "get") + "&failOnNotFound=false", null, nobody)
                        .getMessage()
                        .getBody())
                .isNull();
    }

    @Test
    void aParameterThatTheOperationLacksIsNamed() {
        Exchange done = call(action("clients", "kick") + "&parameters=RAW({\"client\": \"c1\"})", null, Map.of());

        assertThat(done.getException())
                .isInstanceOf(EmqxInvalidRequestException.class)
                .hasMessageContaining("has no parameter 'client'")
                .hasMessageContaining("clientid");
    }

    @Test
    void theAccountIsCalledWithItsOwnKey() throws Exception {
        try (PlatformSimulator account = PlatformSimulator.start()) {
            account.addProject("p1", "Fleet");
            Exchange done = done(
                    "emqx-platform-action?resource=projects&operation=list&platformApiUrl=" + account.platformApiUrl()
                            + "&platformKey=" + account.platformKey() + "&platformSecret="
                            + account.platformSecret(),
                    null,
                    Map.of());

            assertThat(done.getMessage().getBody(String.class)).contains("Fleet");
            context.stop();
        }
    }
}
