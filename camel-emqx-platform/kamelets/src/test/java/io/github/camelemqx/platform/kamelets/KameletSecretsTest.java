/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of Kamelets: that they arrive as they are, and that nothing shows them. */
class KameletSecretsTest {

    private static final String SECRET = "word-that-is-secret";

    /** Consoles that tell of routes and what they are made of; others do things, such as dumping the heap. */
    private static final Set<String> CONSOLES = Set.of(
            "bean",
            "consumer",
            "context",
            "emqx-platform",
            "endpoint",
            "event",
            "health",
            "inflight",
            "kamelet",
            "processor",
            "producer",
            "properties",
            "route",
            "route-dump",
            "route-structure",
            "service",
            "source",
            "transformers",
            "variables");

    /** What each Kamelet needs besides its key. */
    private static final Map<String, String> KAMELETS = Map.of(
            "emqx-platform-client-events-source", "delay=60000",
            "emqx-platform-metrics-source", "delay=60000",
            "emqx-platform-resource-changes-source", "delay=60000&resource=users",
            "emqx-platform-action", "resource=clients&operation=list",
            "emqx-platform-kick-sink", "clientId=c1",
            "emqx-platform-publish-sink", "topic=t");

    private static void routes(CamelContext context) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                KAMELETS.forEach((kamelet, own) -> {
                    String uri = "kamelet:" + kamelet + "?" + own;
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
        KAMELETS.keySet().forEach(kamelet -> properties(properties, kamelet, emqx, id, secret));
        return properties;
    }

    private static void properties(
            Properties properties, String kamelet, EmqxSimulator emqx, String id, String secret) {
        properties.put("camel.kamelet." + kamelet + ".apiUrl", emqx.apiUrl());
        properties.put("camel.kamelet." + kamelet + ".appId", id);
        properties.put("camel.kamelet." + kamelet + ".appSecret", secret);
    }

    private static Set<String> keys(List<ServeEvent> calls) {
        return calls.stream()
                .map(call -> call.getRequest().getHeader("Authorization").substring("Basic ".length()))
                .map(basic -> new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    /** Lets each Kamelet make a call; that the simulator refuses the key is not what is tested. */
    private static void callAll(CamelContext context, EmqxSimulator emqx) throws Exception {
        try (var template = context.createProducerTemplate()) {
            for (String kamelet : KAMELETS.keySet()) {
                if (!kamelet.endsWith("-source")) {
                    template.request("direct:" + kamelet, exchange -> {});
                }
            }
        }
        for (String path :
                List.of("/clients_v2?", "/clients/c1", "/publish", "/nodes", "/metrics", "/authentication/")) {
            await().untilAsserted(() -> assertThat(emqx.wireMock().getAllServeEvents())
                    .anyMatch(call -> call.getRequest().getUrl().contains(path)));
        }
    }

    /** What each Kamelet takes in the same way from the same two properties: the files' own test. */
    @Test
    void keysArriveAsTheyAreFromProperties() throws Exception {
        Map<String, String> secrets = Map.of(
                "emqx-platform-client-events-source", "a+b%2Bc&d=e)f",
                "emqx-platform-metrics-source", "ends)&apiVersion=v4}& #1, 100%",
                "emqx-platform-resource-changes-source", "${body} {braces} #bean:none",
                "emqx-platform-action", "\"quoted\", 'twice', \\slashed\\ too",
                "emqx-platform-kick-sink", "#bean:none",
                "emqx-platform-publish-sink", "RAW(x)");
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5);
                DefaultCamelContext context = new DefaultCamelContext()) {
            Properties properties = new Properties();
            Set<String> keys = new TreeSet<>();
            secrets.forEach((kamelet, secret) -> {
                String id = "id of " + secret.replace(":", "");
                properties(properties, kamelet, emqx, id, secret);
                keys.add(id + ":" + secret);
            });
            context.getPropertiesComponent().setInitialProperties(properties);
            routes(context);
            context.start();
            callAll(context, emqx);

            assertThat(keys(emqx.wireMock().getAllServeEvents())).isEqualTo(keys);
        }
    }

    /** Camel takes the last backslash of a property for one that only protects what is behind it. */
    @ParameterizedTest
    @CsvSource({"a\\\\b, a\\b", "a\\b\\\\c, a\\b\\c", "ab\\\\, ab\\"})
    void theLastBackslashOfAPropertyIsWrittenTwice(String secret, String arrived) throws Exception {
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5);
                DefaultCamelContext context = new DefaultCamelContext()) {
            Properties properties = new Properties();
            KAMELETS.keySet().forEach(kamelet -> properties(properties, kamelet, emqx, "me", secret));
            context.getPropertiesComponent().setInitialProperties(properties);
            routes(context);
            context.start();
            callAll(context, emqx);

            assertThat(keys(emqx.wireMock().getAllServeEvents())).containsExactly("me:" + arrived);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b%2Bc&d=e)f", "100% & more}& #1 ${body}"})
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

    /** Reads all that can be read of a context by JMX, consoles, and dumps. */
    private static Map<String, String> places(DefaultCamelContext context) throws Exception {
        Map<String, String> places = new LinkedHashMap<>();
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectInstance bean : beans.queryMBeans(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*"), null)) {
            ObjectName name = bean.getObjectName();
            places.put("JMX " + name, name.toString());
            String[] attributes = Stream.of(beans.getMBeanInfo(name).getAttributes())
                    .map(MBeanFeatureInfo::getName)
                    .toArray(String[]::new);
            for (Attribute attribute : beans.getAttributes(name, attributes).asList()) {
                places.put("JMX " + name + " " + attribute.getName(), String.valueOf(attribute.getValue()));
            }
            for (MBeanOperationInfo operation : beans.getMBeanInfo(name).getOperations()) {
                boolean asks = operation.getSignature().length == 0
                        && operation.getReturnType().equals(String.class.getName());
                // newer Camels dump Java, too, with a library that others do not have
                if (asks && operation.getName().matches("dump(?!.*AsJava).*")) {
                    Object said = beans.invoke(name, operation.getName(), new Object[0], new String[0]);
                    places.put("JMX " + name + " " + operation.getName(), String.valueOf(said));
                }
            }
        }
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        consoles.setEnabled(true);
        ServiceHelper.startService(consoles);
        consoles.loadDevConsoles(true);
        consoles.stream().filter(console -> CONSOLES.contains(console.getId())).forEach(console -> {
            for (DevConsole.MediaType type : DevConsole.MediaType.values()) {
                if (console.supportMediaType(type)) {
                    places.put("console " + console.getId() + " " + type, String.valueOf(console.call(type)));
                }
            }
        });
        for (boolean resolved : new boolean[] {false, true}) {
            for (RouteDefinition route : context.getRouteDefinitions()) {
                places.put(
                        "XML of " + route.getId() + resolved,
                        PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, route, resolved, true, true));
                places.put("text of " + route.getId() + resolved, route.toString());
            }
        }
        context.getEndpoints()
                .forEach(endpoint -> places.put("URI of " + endpoint.getEndpointUri(), endpoint.toString()));
        context.getRoutes().forEach(route -> places.put("route " + route.getId(), route + " " + route.getProperties()));
        return places;
    }

    /** The console "properties" shows all that an application says in its properties; a vault keeps it from that one too. */
    @ParameterizedTest
    @CsvSource({"word-that-is-secret, console properties", "{{vault:emqx}}, none"})
    void keysOfPropertiesAreShownNowhereElse(String value, String shown) throws Exception {
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5);
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addPropertiesFunction(new Vault());
            context.getPropertiesComponent().setInitialProperties(properties(emqx, "me", value));
            routes(context);
            context.start();
            callAll(context, emqx);

            Map<String, String> places = places(context);

            assertThat(keys(emqx.wireMock().getAllServeEvents())).containsExactly("me:" + SECRET);
            places.forEach((place, text) -> {
                if (!place.startsWith(shown)) {
                    assertThat(text).as(place).doesNotContain(SECRET);
                }
            });
            assertThat(places.keySet())
                    .anyMatch(place -> place.startsWith("JMX") && place.contains("dumpRouteAsXml"))
                    .anyMatch(place -> place.startsWith("JMX") && place.contains("dumpRouteAsYaml"))
                    .anyMatch(place -> place.startsWith("console endpoint"))
                    .anyMatch(place -> place.startsWith("XML of emqx-platform-action"))
                    .anyMatch(place -> place.startsWith("URI of emqx-platform://messages"));
            assertThat(places).hasSizeGreaterThan(500);
        }
    }

    private static final class Vault extends ServiceSupport implements PropertiesFunction {

        @Override
        public String getName() {
            return "vault";
        }

        @Override
        public String apply(String remainder) {
            return remainder.equals("emqx") ? SECRET : null;
        }
    }
}
