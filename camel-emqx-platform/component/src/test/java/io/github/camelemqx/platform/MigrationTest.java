/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The two routes that docs/migration.md compares: both work, and see the same of one small node. */
@ParameterizedClass
@EnumSource(names = "V5")
class MigrationTest extends BothGenerations {

    private static final Path PAGE = Path.of("docs", "migration.md");
    private static final Path THIS = Path.of("src/test/java/io/github/camelemqx/platform/MigrationTest.java");

    /** What many have written. */
    private static final class Differences implements Processor {

        private final Map<Object, Object> known = new HashMap<>();

        @Override
        public void process(Exchange exchange) {
            Map<Object, Object> now = new HashMap<>();
            List<?> rows = (List<?>) exchange.getMessage().getBody(Map.class).get("data");
            rows.forEach(row -> now.put(((Map<?, ?>) row).get("clientid"), row));
            List<String> changes = new ArrayList<>();
            Set<Object> ids = new HashSet<>(known.keySet());
            ids.addAll(now.keySet());
            for (Object id : ids) {
                if (known.containsKey(id) != now.containsKey(id)) {
                    changes.add((now.containsKey(id) ? "connected " : "disconnected ") + id);
                }
            }
            known.clear();
            known.putAll(now);
            exchange.getMessage().setBody(changes);
        }
    }

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true);
    }

    @Test
    void bothRoutesSeeAClientComeAndGo() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // before begins
                from("timer:poll?period=5000")
                        .to(
                                "http://HOST:18083/api/v5/clients?limit=1000&authMethod=Basic&authUsername=KEY&authPassword=SECRET")
                        .unmarshal()
                        .json()
                        .process(new Differences())
                        .split(body())
                        .to("seda:presence");
                // before ends
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // now begins
                from("emqx-platform:clients?delay=5000").to("seda:presence");
                // now ends
            }
        });
        context.getRouteDefinitions().get(0).routeId("before");
        context.getRouteDefinitions().get(1).routeId("now");
        AdviceWith.adviceWith(context, "before", route -> {
            route.replaceFromWith("timer:poll?period=50&delay=0");
            route.weaveByToUri("http:*")
                    .replace()
                    .to(emqx.apiUrl() + "/clients?limit=1000&authMethod=Basic&authUsername=" + emqx.appId()
                            + "&authPassword=" + emqx.appSecret());
            route.weaveByToUri("seda:*").replace().to("mock:before");
        });
        AdviceWith.adviceWith(context, "now", route -> {
            route.replaceFromWith("emqx-platform:clients?delay=50&initialDelay=0&emitInitial=true");
            route.weaveByToUri("seda:*")
                    .replace()
                    .setBody(route.simple("${header.CamelEmqxPlatformEventType} ${header.CamelEmqxPlatformKey}"))
                    .to("mock:now");
        });
        context.start();
        emqx.connect("c1");
        MockEndpoint old = getMockEndpoint("mock:before");
        MockEndpoint present = getMockEndpoint("mock:now");
        await().until(() -> old.getReceivedCounter() == 1 && present.getReceivedCounter() == 1);
        emqx.disconnect("c1");
        await().until(() -> old.getReceivedCounter() == 2 && present.getReceivedCounter() == 2);
        assertThat(told(old)).containsExactly("connected c1", "disconnected c1").isEqualTo(told(present));
    }

    private static List<String> told(MockEndpoint mock) {
        return mock.getReceivedExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }

    @Test
    void theRoutesOfThePageAreThoseAbove() throws IOException {
        assertThat(generation).isEqualTo(Generation.V5);
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```java\\n(.*?)```").matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.add(block.group(1).replaceAll("\\s+", ""));
        }
        assertThat(blocks).containsExactly(run("before"), run("now"));
    }

    private static String run(String name) throws IOException {
        String source = Files.readString(THIS);
        String begin = "// " + name + " begins";
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// " + name + " ends"))
                .replaceAll("\\s+", "");
    }
}
