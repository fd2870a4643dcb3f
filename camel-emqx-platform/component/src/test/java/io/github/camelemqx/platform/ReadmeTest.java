/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.watch.FileStateStore;
import io.github.camelemqx.platform.watch.WatchState.Section;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the README shows works as it stands there, on both generations; what it lists is all that there is. */
@ParameterizedClass
@EnumSource(Generation.class)
class ReadmeTest extends BothGenerations {

    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path THIS = Path.of("src/test/java/io/github/camelemqx/platform/ReadmeTest.java");

    @Test
    void theYamlRoutesRun() throws Exception {
        String yaml = blocks("yaml").get(0).replace("delay: 2000", "delay: 40");
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("readme.yaml", yaml));
        MockEndpoint presence = getMockEndpoint("mock:presence");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:presence").to("mock:presence");
            }
        });
        presence.expectedBodiesReceived("connected c1", "disconnected c1");
        awaitFirstPoll();
        emqx.connect("c1");
        await().until(() -> presence.getReceivedCounter() == 1);
        emqx.disconnect("c1");
        presence.assertIsSatisfied();
        template.sendBody("direct:command", "reboot");
        assertCommand();
    }

    @Test
    void theStateOutlivesTheContext(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("emqx.state");
        String yaml = blocks("yaml")
                .get(1)
                .replace("/var/lib/app/emqx.state", file.toString())
                .replace("stateKey:", "delay: 40\n        stateKey:");
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("readme.yaml", yaml));
        MockEndpoint presence = getMockEndpoint("mock:presence");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:presence").to("mock:presence");
            }
        });
        awaitFirstPoll();
        emqx.connect("c1");
        await().until(() -> presence.getReceivedCounter() == 1);
        context.stop();
        try (FileStateStore store = new FileStateStore(file)) {
            List<String> keys = new ArrayList<>();
            store.open("presence").read(Section.ROWS, (key, row) -> keys.add(key));
            assertThat(keys).containsExactly("c1");
        }
    }

    @Test
    void watchesOfOneNodeEachSeeEachClientOnce() throws Exception {
        String first = generation.firstNode();
        String second = "emqx@second";
        emqx.addNode(second);
        String yaml = blocks("yaml")
                .get(2)
                .replaceAll("( +)param.node", "$1delay: 40\n$0")
                .replace("emqx@node1", first)
                .replace("emqx@node2", second);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("readme.yaml", yaml));
        MockEndpoint presence = getMockEndpoint("mock:presence");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:presence")
                        .setBody(simple("${header.CamelEmqxPlatformEventType} ${header.CamelEmqxPlatformKey}"))
                        .to(presence);
            }
        });
        awaitPolls(first, second, 1);
        emqx.connect("c1");
        emqx.connect(ClientOptions.of("c2").node(second));
        await().untilAsserted(() -> assertThat(told(presence)).containsExactly("connected c1", "connected c2"));
        emqx.connect(ClientOptions.of("c1").node(second));
        await().untilAsserted(() -> assertThat(told(presence))
                .containsExactly("connected c1", "connected c1", "connected c2", "disconnected c1"));
        emqx.disconnect("c1");
        await().untilAsserted(() -> assertThat(told(presence))
                .containsExactly("connected c1", "connected c1", "connected c2", "disconnected c1", "disconnected c1"));
        awaitPolls(first, second, 3);
        assertThat(told(presence)).hasSize(5);
    }

    /** So many more polls of each node. */
    private void awaitPolls(String first, String second, int more) {
        long ofFirst = polls(first) + more;
        long ofSecond = polls(second) + more;
        await().until(() -> polls(first) >= ofFirst && polls(second) >= ofSecond);
    }

    private long polls(String node) {
        return emqx.wireMock().getAllServeEvents().stream()
                .map(event -> URLDecoder.decode(event.getRequest().getUrl(), StandardCharsets.UTF_8))
                .filter(url -> url.contains("/clients") && url.contains("page=") && url.contains(node))
                .count();
    }

    private static List<String> told(MockEndpoint mock) {
        return mock.getReceivedExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .sorted()
                .toList();
    }

    @Test
    void theJavaRoutesRun() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // README begins
                // a client that connects under a name it must not have is kicked
                onException(EmqxClientOfflineException.class)
                        .handled(true)
                        .log("${header.CamelEmqxPlatformClientId} has left already");

                from("emqx-platform:clients?events=connected,reconnected&delay=2000")
                        .filter(simple("${header.CamelEmqxPlatformClientId} starts with 'test-'"))
                        .to("emqx-platform:clients?operation=kick");

                // a device becomes a user; one that is there already is no failure
                from("direct:new-device")
                        .doTry()
                        .to("emqx-platform:users?operation=create")
                        .doCatch(EmqxConflictException.class)
                        .log("${exception.apiMessage}")
                        .end();

                // the body becomes the payload of an MQTT message
                from("direct:command").to("emqx-platform:messages?operation=publish&topic=devices/all&param.qos=1");
                // README ends
            }
        });
        awaitFirstPoll();
        emqx.connect("test-1");
        emqx.connect("device-1");
        await().until(() -> emqx.client("test-1").isEmpty());
        assertThat(emqx.client("device-1")).isPresent();

        template.sendBody("direct:new-device", Map.of("user_id", "d1", "password", SECRET));
        template.sendBody("direct:new-device", Map.of("user_id", "d1", "password", SECRET));
        assertThat(emqx.hasUser("d1")).isTrue();

        template.sendBody("direct:command", "reboot");
        assertCommand();
    }

    @Test
    void theJavaRoutesAreThoseAbove() throws IOException {
        String source = Files.readString(THIS);
        String run = source.substring(source.indexOf("// README begins") + 16, source.indexOf("// README ends"));
        assertThat(blocks("java").get(0).replaceAll("\\s+", "")).isEqualTo(run.replaceAll("\\s+", ""));
    }

    @Test
    void theTableListsTheCatalogue() throws IOException {
        String text = Files.readString(README);
        String table = text.substring(text.indexOf("<!-- resources:"), text.indexOf("<!-- end -->"));
        List<String> rows =
                table.lines().filter(line -> line.startsWith("| [`")).toList();
        assertThat(rows).hasSameSizeAs(Catalog.load().resources());
        int row = 0;
        for (Resource resource : Catalog.load().resources()) {
            String[] cells = rows.get(row++).split("\\|", -1);
            assertThat(quoted(cells[1])).containsExactly(resource.name());
            assertThat(README.resolveSibling(cells[1].replaceAll(".*]\\((.*)\\).*", "$1")))
                    .exists();
            assertThat(quoted(cells[2]))
                    .containsExactlyElementsOf(resource.operations().keySet());
            for (io.github.camelemqx.platform.catalog.Generation generation :
                    io.github.camelemqx.platform.catalog.Generation.values()) {
                assertThat(cells[3].contains(generation.label()))
                        .as(resource.name() + " " + generation)
                        .isEqualTo(resource.operations().values().stream()
                                .anyMatch(operation -> operation.generations().contains(generation)));
            }
            assertThat(cells[4].isBlank()).isEqualTo(resource.watchable().isEmpty());
        }
    }

    @Test
    void theTableListsTheExceptions() throws IOException {
        Set<String> listed = new TreeSet<>();
        rows().stream()
                .filter(line -> line.startsWith("| `Emqx"))
                .forEach(line -> listed.add(quoted(line).get(0)));
        Set<String> there = new TreeSet<>();
        there.add(EmqxClientOfflineException.class.getSimpleName());
        Arrays.stream(EmqxPlatformException.class.getPermittedSubclasses())
                .forEach(type -> there.add(type.getSimpleName()));
        assertThat(listed).isEqualTo(there);
    }

    @Test
    void theTableListsOurOptions() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("target/classes/META-INF/io/github/camelemqx/platform/emqx-platform.json")
                        .toFile());
        List<String> listed = new ArrayList<>();
        String text = Files.readString(README);
        String table = text.substring(text.indexOf("## Options"), text.indexOf("## Where it runs"));
        table.lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> listed.addAll(quoted(line.split("\\|", -1)[1])));
        listed.removeIf(option -> option.endsWith(".*"));
        assertThat(listed)
                .allSatisfy(option -> assertThat(schema.path("properties").has(option))
                        .as(option)
                        .isTrue());
        Set<String> camels = Set.of(
                "resource",
                "sendEmptyMessageWhenIdle",
                "bridgeErrorHandler",
                "exceptionHandler",
                "exchangePattern",
                "pollStrategy",
                "lazyStartProducer");
        List<String> ours = new ArrayList<>();
        schema.path("properties").properties().forEach(option -> {
            if (!camels.contains(option.getKey())
                    && !option.getValue().path("label").asText().contains("scheduler")) {
                ours.add(option.getKey());
            }
        });
        assertThat(listed).containsAll(ours);
    }

    private void assertCommand() {
        PublishedMessage message = emqx.published().get(emqx.published().size() - 1);
        assertThat(message.topic()).isEqualTo("devices/all");
        assertThat(message.qos()).isEqualTo(1);
        assertThat(message.text()).isEqualTo("reboot");
    }

    private void awaitFirstPoll() {
        await().until(() -> emqx.wireMock().getAllServeEvents().stream()
                .anyMatch(event -> event.getRequest().getUrl().matches("/api/v[45]/clients\\?.*")));
    }

    private static List<String> rows() throws IOException {
        return Files.readString(README)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    private static List<String> quoted(String text) {
        List<String> quoted = new ArrayList<>();
        Matcher matcher = Pattern.compile("`([^`]+)`").matcher(text);
        while (matcher.find()) {
            quoted.add(matcher.group(1));
        }
        return quoted;
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }
}
