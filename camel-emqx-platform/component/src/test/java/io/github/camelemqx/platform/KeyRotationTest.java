/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.health.WatchStatus;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.DefaultContextReloadStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

/** Secrets that a vault has, and what happens when they become others. */
class KeyRotationTest {

    private static final String PAGE =
            "{\"data\":[{\"clientid\":\"c1\"}],\"meta\":{\"page\":1,\"limit\":1000,\"count\":1,\"hasnext\":false}}";

    /** A vault, as Camel's functions for those of the clouds are. */
    private final Map<String, String> vault = new ConcurrentHashMap<>(Map.of("emqx", "first-secret"));

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final PollOnDemand polls = new PollOnDemand();
    private final WireMockServer broker = new WireMockServer(wireMockConfig().dynamicPort());
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final EmqxPlatformComponent component = new EmqxPlatformComponent(context);

    @BeforeEach
    void start() {
        broker.start();
        accept("first-secret");
        context.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "secret";
            }

            @Override
            public String apply(String name) {
                return vault.get(name);
            }
        });
        context.getRegistry().bind("polls", polls);
        context.addComponent("emqx-platform", component);
        EmqxPlatformConfiguration connection = component.getConfiguration();
        connection.setApiUrl(broker.baseUrl() + "/api/v5");
        connection.setAppId("key");
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        broker.stop();
    }

    /** The broker knows that secret, and no other. */
    private void accept(String secret) {
        broker.resetMappings();
        broker.stubFor(any(anyUrl()).willReturn(unauthorized()));
        broker.stubFor(any(anyUrl()).withBasicAuth("key", secret).willReturn(okJson(PAGE)));
    }

    private void rotate() {
        accept("second-secret");
        vault.put("emqx", "second-secret");
    }

    private void routes(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:list").routeId("calls").to("emqx-platform:clients?operation=list" + options);
                from("emqx-platform:clients?scheduler=#polls" + options)
                        .routeId("watch")
                        .to("mock:events");
            }
        });
    }

    private Exception called() {
        return context.createProducerTemplate()
                .request("direct:list", exchange -> {})
                .getException();
    }

    private Throwable polled() {
        polls.poll();
        WatchStatus watch = component.watches().get(0);
        return watch.failure();
    }

    private void restart() throws Exception {
        for (String route : List.of("calls", "watch")) {
            context.getRouteController().stopRoute(route);
            context.getRouteController().startRoute(route);
        }
    }

    private void assertAllWell() {
        assertThat(called()).isNull();
        assertThat(polled()).isNull();
    }

    private void assertRefused() {
        assertThat(called()).isInstanceOf(EmqxAuthenticationException.class);
        assertThat(polled()).isInstanceOf(EmqxAuthenticationException.class);
    }

    @Test
    void aSecretOfTheComponentIsTakenWhenTheRouteStarts() throws Exception {
        component.getConfiguration().setAppSecret("{{secret:emqx}}");
        routes("");
        assertAllWell();
        rotate();
        assertRefused();
        restart();
        assertAllWell();
    }

    @Test
    void oneThatIsSetAnewIsTakenToo() throws Exception {
        component.getConfiguration().setAppSecret("first-secret");
        routes("");
        assertAllWell();
        rotate();
        component.getConfiguration().setAppSecret("second-secret");
        restart();
        assertAllWell();
    }

    @Test
    void anEndpointsOwnSecretStaysItsOwn() throws Exception {
        component.getConfiguration().setAppSecret("{{secret:emqx}}");
        vault.put("emqx", "secret-of-others");
        routes("&appSecret=first-secret");
        assertAllWell();
        vault.put("emqx", "another-one-of-others");
        restart();
        assertAllWell();
    }

    @Test
    void aSecretInAnAddressIsTakenWhenCamelReloads() throws Exception {
        routes("&appSecret={{secret:emqx}}");
        assertAllWell();
        rotate();
        assertRefused();
        DefaultContextReloadStrategy reload = new DefaultContextReloadStrategy();
        reload.setCamelContext(context);
        reload.onReload("the vault");
        assertThat(reload.getLastError()).isNull();
        assertAllWell();
    }

    @Test
    void theLogTellsOnceOfEachKindOfFailure() throws Exception {
        component.getConfiguration().setAppSecret("{{secret:emqx}}");
        routes("");
        ((EmqxPlatformConsumer) context.getRoute("watch").getConsumer())
                .failureLog()
                .to(recording());
        assertThat(polled()).isNull();
        assertThat(log).isEmpty();
        rotate();
        for (int i = 0; i < 3; i++) {
            assertThat(polled()).isInstanceOf(EmqxAuthenticationException.class);
        }
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("warn Failed polling")
                .contains("HTTP 401");
        broker.stubFor(any(anyUrl()).willReturn(serviceUnavailable()));
        polls.poll();
        polls.poll();
        assertThat(log).hasSize(2).last().asString().startsWith("warn ").contains("HTTP 503");
        accept("first-secret");
        assertThat(polled()).isNull();
        assertThat(polled()).isNull();
        assertThat(log).hasSize(3).last().asString().startsWith("info ").contains("works again");
        assertThat(log.toString()).doesNotContain("first-secret", "second-secret");
    }

    /** Notes what is said at INFO and above. */
    private Logger recording() {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (logger, method, arguments) -> {
                    if (List.of("info", "warn", "error").contains(method.getName())) {
                        String message = MessageFormatter.arrayFormat(
                                        (String) arguments[0],
                                        arguments[1] instanceof Object[] several
                                                ? several
                                                : Arrays.copyOfRange(arguments, 1, arguments.length))
                                .getMessage();
                        log.add(method.getName() + " " + message);
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }
}
