/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.test.Generation;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Generation.class)
class FailuresTest extends WithKamelets {

    private static final String WRONG_KEY = "apiUrl={{emqx.url}}&appId={{emqx.id}}&appSecret=not-the-secret";

    /** Ways in which Camel lets a caller handle what a Kamelet throws. */
    enum Caller {
        /** The calling route's own onException: asked if the Kamelet has no error handler itself. */
        NO_ERROR_HANDLER,
        /** A configuration of routes is that of the Kamelet's route, too. */
        ROUTE_CONFIGURATION,
        /** The calling route's error handler is that of the Kamelet, too. */
        DEAD_LETTER_CHANNEL,
        TRY_AND_CATCH
    }

    private RouteConfigurationBuilder configuration() {
        return new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration()
                        .onException(EmqxAuthenticationException.class)
                        .handled(true)
                        .to("mock:refused");
            }
        };
    }

    static Stream<Arguments> aWrongKeyReachesTheErrorHandlerOfTheCaller() {
        return Stream.of(
                        "emqx-platform-action?resource=clients&operation=list",
                        "emqx-platform-kick-sink?clientId=c1",
                        "emqx-platform-publish-sink?topic=t")
                .flatMap(kamelet -> Stream.of(Caller.values()).map(caller -> Arguments.of(kamelet, caller)));
    }

    @ParameterizedTest
    @MethodSource
    void aWrongKeyReachesTheErrorHandlerOfTheCaller(String kamelet, Caller caller) throws Exception {
        if (caller == Caller.ROUTE_CONFIGURATION) {
            context.addRoutesConfigurations(configuration());
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String uri = "kamelet:" + kamelet + "&" + WRONG_KEY;
                switch (caller) {
                    case NO_ERROR_HANDLER -> {
                        onException(EmqxAuthenticationException.class)
                                .handled(true)
                                .to("mock:refused");
                        from("direct:call").to(uri + "&noErrorHandler=true").to("mock:after");
                    }
                    case ROUTE_CONFIGURATION -> from("direct:call").to(uri).to("mock:after");
                    case DEAD_LETTER_CHANNEL -> {
                        errorHandler(deadLetterChannel("mock:refused"));
                        from("direct:call").to(uri).to("mock:after");
                    }
                    case TRY_AND_CATCH ->
                        from("direct:call")
                                .doTry()
                                .to(uri)
                                .to("mock:after")
                                .doCatch(EmqxAuthenticationException.class)
                                .to("mock:refused")
                                .end();
                }
            }
        });
        getMockEndpoint("mock:refused").expectedMessageCount(1);
        getMockEndpoint("mock:after").expectedMessageCount(0);

        Exchange done = template.request(
                "direct:call", exchange -> exchange.getMessage().setBody("x"));

        MockEndpoint.assertIsSatisfied(context, 5, TimeUnit.SECONDS);
        assertThat(done.getException()).isNull();
        assertThat(getMockEndpoint("mock:refused")
                        .getReceivedExchanges()
                        .get(0)
                        .getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .isInstanceOf(EmqxAuthenticationException.class)
                .hasMessageContaining("HTTP 401")
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
        context.addRoutesConfigurations(configuration());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:" + kamelet + "&bridgeErrorHandler=true&" + WRONG_KEY)
                        .to("mock:after");
            }
        });
        getMockEndpoint("mock:refused").expectedMinimumMessageCount(1);
        getMockEndpoint("mock:after").expectedMessageCount(0);

        MockEndpoint.assertIsSatisfied(context, 20, TimeUnit.SECONDS);
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
            assertThatThrownBy(() -> context.getEndpoint(
                            "kamelet:emqx-platform-" + kamelet + "resource=" + resource + "&" + rest))
                    .rootCause()
                    .hasMessageContaining("Option " + missing + " is missing");
        }
    }

    @Test
    void whatIsMisspelledIsRefusedAtStartWithWhatThereIs() {
        assertThatThrownBy(() -> context.getEndpoint(
                        "kamelet:emqx-platform-action?resource=client&operation=list&" + CONNECTION))
                .rootCause()
                .hasMessageContaining("clients");
        assertThatThrownBy(() -> context.getEndpoint(
                        "kamelet:emqx-platform-action?resource=clients&operation=kill&" + CONNECTION))
                .rootCause()
                .hasMessageContaining("kick");
        assertThatThrownBy(() ->
                        context.getEndpoint("kamelet:emqx-platform-client-events-source?events=connect&" + CONNECTION))
                .rootCause()
                .hasMessageContaining("connected");
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }
}
