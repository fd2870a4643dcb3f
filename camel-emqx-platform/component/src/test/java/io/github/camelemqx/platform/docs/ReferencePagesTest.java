/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.docs.Replay.Answer;
import io.github.camelemqx.platform.docs.Replay.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The pages that the build has just written are right: their routes start and call, their links lead somewhere. */
class ReferencePagesTest {

    private static final Path PAGES = Path.of("src/generated/docs");
    private static final Pattern CALL =
            Pattern.compile("\\.to\\(\"(emqx-platform:([a-z0-9-]+)\\?operation=([a-z0-9-]+)[^\"]*)\"\\)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");

    private final Catalog catalog = Catalog.load();
    private final Schema schema = Schema.load();
    private final Samples samples = Samples.load();

    @Test
    void anotherRunWritesTheSame() throws IOException {
        assertThat(new ReferencePages().pages()).isEqualTo(written());
    }

    @Test
    void everyPageSaysThatItIsGeneratedAndEndsWithANewline() throws IOException {
        assertThat(written().values())
                .allSatisfy(page ->
                        assertThat(page).startsWith("<!-- Generated from ").endsWith("\n"));
    }

    @Test
    void everyRouteOfThePagesStartsOnEveryGenerationThatHasIt() throws Exception {
        Set<String> shown = new HashSet<>();
        SampleConnection connection = new SampleConnection(schema, "https://deployment.example:8443");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            for (String page : written().values()) {
                Matcher call = CALL.matcher(page);
                while (call.find()) {
                    Operation operation = catalog.resource(call.group(2)).operation(call.group(3));
                    shown.add(operation.fullName());
                    for (Generation generation : operation.generations()) {
                        camel.getEndpoint(call.group(1) + connection.options(generation))
                                .createProducer()
                                .start();
                    }
                }
            }
        }
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        operations().stream().map(Operation::fullName).toList());
    }

    @Test
    void everyExampleGetsAsFarAsTheApi() {
        List<String> stopped = new ArrayList<>();
        try (Replay replay = new Replay(schema)) {
            for (Operation operation : operations()) {
                for (Generation generation : operation.generations()) {
                    if (saysLessThan(operation, generation)) {
                        continue;
                    }
                    replay.of(Example.of(operation, samples), generation, Answer.of(500, null));
                    if (replay.firstRequest(generation).isEmpty()) {
                        stopped.add(operation.fullName() + " on " + generation);
                    }
                }
            }
        }
        assertThat(stopped).isEmpty();
    }

    /** One generation may need what the other does not know: the one example says what both take. */
    private boolean saysLessThan(Operation operation, Generation generation) {
        return operation.parameters().stream()
                .anyMatch(parameter ->
                        parameter.requiredOn().contains(generation) && !samples.shows(operation, parameter));
    }

    @Test
    void parametersAreGivenAsTheComponentSaysItself() {
        List<String> checked = new ArrayList<>();
        try (Replay replay = new Replay(schema)) {
            for (Operation operation : operations()) {
                if (operation.parameters().stream().anyMatch(Parameter::steers)) {
                    continue;
                }
                Generation generation = operation.generations().iterator().next();
                Example bare = new Example(
                        operation,
                        "emqx-platform:" + operation.resource() + "?operation=" + operation.name(),
                        Map.of(),
                        null);
                if (replay.of(bare, generation, Answer.of(500, null)) instanceof Failure failure
                        && failure.exception().getMessage().contains("give it as ")) {
                    String message = failure.exception().getMessage();
                    Parameter missing = operation
                            .parameter(message.replaceAll("(?s).*no value for ([^:,]+)[:,].*", "$1"))
                            .orElseThrow();
                    Matcher typed = Pattern.compile("`([^`]+)`").matcher(GivenBy.words(operation, missing));
                    while (typed.find()) {
                        assertThat(message).as(operation.fullName()).contains(typed.group(1));
                        checked.add(typed.group(1));
                    }
                }
            }
        }
        assertThat(checked)
                .contains(
                        "clientId", "username", "topic", "node", "CamelEmqxPlatformClientId", "CamelEmqxPlatformNode");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Map.Entry<String, String> page : written().entrySet()) {
            Path folder = PAGES.resolve(page.getKey()).getParent();
            Matcher link = LINK.matcher(page.getValue());
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? PAGES.resolve(page.getKey()) : folder.resolve(link.group(1));
                assertThat(target).as(page.getKey() + " " + link.group()).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(Files.readString(target)))
                            .as(page.getKey() + " " + link.group())
                            .contains(link.group(2));
                }
            }
        }
    }

    /** The names that GitHub gives to headings. */
    private static Set<String> anchors(String page) {
        Set<String> anchors = new HashSet<>();
        page.lines()
                .filter(line -> line.startsWith("#"))
                .forEach(line -> anchors.add(line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-')));
        return anchors;
    }

    private List<Operation> operations() {
        return catalog.resources().stream()
                .flatMap(resource -> resource.operations().values().stream())
                .toList();
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.walk(PAGES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.put(PAGES.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return written;
    }
}
