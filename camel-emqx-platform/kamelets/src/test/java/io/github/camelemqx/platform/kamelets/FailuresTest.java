/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.test.Generation;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Generation.class)
class FailuresTest extends WithKamelets {

    private static final String WRONG_KEY = "apiUrl={{emqx.url}}&appId={{emqx.id}}&appSecret=not-the-secret";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emqx-platform-action?resource=clients&operation=list",
                "emqx-platform-kick-sink?clientId=c1",
                "emqx-platform-publish-sink?topic=t"
            })
    void aWrongKeyReachesTheErrorHandlerOfTheCaller(String kamelet) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(EmqxAuthenticationException.class).handled(true).to("mock:refused");
                from("direct:call")
                        .to("kamelet:" + kamelet + "&" + WRONG_KEY)
                        .to("mock:after");
            }
        });
        getMockEndpoint("mock:refused").expectedMessageCount(1);
        getMockEndpoint("mock:after").expectedMessageCount(0);

        Exchange done = template.request("direct:call", exchange -> exchange.getMessage().setBody("x"));

        MockEndpoint.assertIsSatisfied(context);
        assertThat(done.getException()).isNull();
        assertThat(done.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageContaining(v5() ? "HTTP 401" : "401")
                .hasMessageNotContaining("not-the-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "emqx-platform-client-events-source?delay=50",
                "emqx-platform-metrics-source?delay=50",
                "emqx-platform-resource-changes-source?delay=50&resource=users"
            })
    void aWrongKeyOfASourceReachesTheErrorHandlerThatItIsBridgedTo(String kamelet) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(EmqxAuthenticationException.class).handled(true).to("mock:refused");
                from("kamelet:" + kamelet + "&bridgeErrorHandler=true&" + WRONG_KEY).to("mock:after");
            }
        });
        getMockEndpoint("mock:refused").expectedMinimumMessageCount(1);
        getMockEndpoint("mock:after").expectedMessageCount(0);

        MockEndpoint.assertIsSatisfied(context);
    }

    @ParameterizedTest
    @CsvSource({
        "emqx-platform-client-events-source, apiUrl",
        "emqx-platform-client-events-source, appId",
        "emqx-platform-client-events-source, appSecret",
        "emqx-platform-metrics-source, appSecret",
        "emqx-platform-resource-changes-source, resource",
        "emqx-platform-action, operation",
        "emqx-platform-kick-sink, appSecret",
        "emqx-platform-publish-sink, appSecret"
    })
    void aRequiredPropertyThatIsMissingIsNamed(String kamelet, String missing) {
        String rest = ("resource=clients&operation=list&" + CONNECTION)
                .replaceAll("(^|&)" + missing + "=[^&]*", "")
                .replaceAll("^&", "");

        assertThatThrownBy(() -> context.getEndpoint("kamelet:" + kamelet + "?" + rest))
                .rootCause()
                .hasMessageContaining("mandatory parameters must be provided: " + missing);
    }

    @ParameterizedTest
    @CsvSource({
        "users, appId",
        "users, appSecret",
        "projects, platformApiUrl",
        "projects, platformKey",
        "projects, platformSecret"
    })
    void aPropertyThatOneOfTheApisNeedsIsNamed(String resource, String missing) {
        String rest = (CONNECTION + "&platformApiUrl=http://127.0.0.1:1/public_api/v1&platformKey=k&platformSecret=s")
                .replaceAll("(^|&)" + missing + "=[^&]*", "")
                .replaceAll("^&", "");

        for (String kamelet : new String[] {"action?operation=list&", "resource-changes-source?"}) {
            assertThatThrownBy(() -> context.getEndpoint("kamelet:emqx-platform-" + kamelet + "resource=" + resource + "&" + rest))
                    .rootCause()
                    .hasMessageContaining("Option " + missing + " is missing");
        }
    }

    @Test
    void whatIsMisspelledIsRefusedAtStartWithWhatThereIs() {
        assertThatThrownBy(() ->
                        context.getEndpoint("kamelet:emqx-platform-action?resource=client&operation=list&" + CONNECTION))
                .rootCause()
                .hasMessageContaining("clients");
        assertThatThrownBy(() ->
                        context.getEndpoint("kamelet:emqx-platform-action?resource=clients&operation=kill&" + CONNECTION))
                .rootCause()
                .hasMessageContaining("kick");
        assertThatThrownBy(() -> context.getEndpoint(
                        "kamelet:emqx-platform-client-events-source?events=connect&" + CONNECTION))
                .rootCause()
                .hasMessageContaining("connected");
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }
}
