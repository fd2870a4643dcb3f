/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PlatformSimulator;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of Kamelets: that they arrive as they are, and that nothing shows them. */
class SecretsTest {

    private static final String SHOWN_NOWHERE = "word-that-is-secret";

    /** What each Kamelet needs besides its key. */
    private static final Map<String, String> KAMELETS = Map.of(
            "emqx-platform-client-events-source", "delay=50&emitInitial=true",
            "emqx-platform-metrics-source", "delay=50",
            "emqx-platform-resource-changes-source", "delay=50&resource=users",
            "emqx-platform-action", "resource=clients&operation=list",
            "emqx-platform-kick-sink", "clientId=c1",
            "emqx-platform-publish-sink", "topic=t");

    private static void routes(CamelContext context, Map<String, String> further) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                KAMELETS.forEach((kamelet, own) -> {
                    String uri = "kamelet:" + kamelet + "?" + own + further.getOrDefault(kamelet, "");
                    if (kamelet.endsWith("-source")) {
                        from(uri).to("stub:told");
                    } else {
                        from("direct:" + kamelet).to(uri);
                    }
                });
            }
        });
    }

    /** The properties of all Kamelets, where an application has them. */
    private static Properties properties(EmqxSimulator emqx, String id, String secret) {
        Properties properties = new Properties();
        for (String kamelet : KAMELETS.keySet()) {
            properties.put("camel.kamelet." + kamelet + ".apiUrl", emqx.apiUrl());
            properties.put("camel.kamelet." + kamelet + ".appId", id);
            properties.put("camel.kamelet." + kamelet + ".appSecret", secret);
        }
        return properties;
    }

    private static Set<String> keys(List<ServeEvent> calls) {
        return calls.stream()
                .map(call -> call.getRequest().getHeader("Authorization").substring("Basic ".length()))
                .map(basic -> new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    private static void callAll(CamelContext context) throws Exception {
        try (var template = context.createProducerTemplate()) {
            for (String kamelet : KAMELETS.keySet()) {
                if (!kamelet.endsWith("-source")) {
                    // whether it fails is not what is tested
                    Exchange done = template.request("direct:" + kamelet, exchange -> {});
                    assertThat(done).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a+b%2Bc&d=e)f",
                "begins)&apiVersion=v4",
                "100% & more}& #1",
                "#bean:none",
                "RAW(x)",
                "\"quoted\", 'twice', \\slashed\\",
                "${body}",
                "{braces}"
            })
    void keysArriveAsTheyAreFromProperties(String secret) throws Exception {
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5);
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties(emqx, "id of " + secret.replace(":", ""), secret));
            routes(context, Map.of());
            context.start();
            callAll(context);

            assertThat(keys(emqx.wireMock().getAllServeEvents()))
                    .containsExactly("id of " + secret.replace(":", "") + ":" + secret);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b%2Bc&d=e)f", "100% & more}& #1", "#bean:none", "${body}"})
    void keysArriveAsTheyAreFromUris(String secret) throws Exception {
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5);
                PlatformSimulator account = PlatformSimulator.start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            try (var template = context.createProducerTemplate()) {
                template.request(
                        "kamelet:emqx-platform-action?resource=clients&operation=list&apiUrl=" + emqx.apiUrl()
                                + "&appId=me&appSecret=RAW(" + secret + ")",
                        exchange -> {});
                template.request(
                        "kamelet:emqx-platform-action?resource=projects&operation=list&platformApiUrl="
                                + account.platformApiUrl() + "&platformKey=me&platformSecret=RAW(" + secret + ")",
                        exchange -> {});
            }

            assertThat(keys(emqx.wireMock().getAllServeEvents())).containsExactly("me:" + secret);
            assertThat(keys(account.wireMock().getAllServeEvents())).containsExactly("me:" + secret);
        }
    }
}
