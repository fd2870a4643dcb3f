/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.LeakHunt.Canary;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets that are known go through everything that can fail, in a process whose log is at TRACE ({@link LeakHunt}); no place
 * where something can be read has any of them afterwards, nor a half of one, nor as Base64.
 */
class SecretsTest {

    /** A line that begins an entry of the log, with level and logger. */
    private static final Pattern ENTRY = Pattern.compile("\\[.*?] (TRACE|DEBUG|INFO|WARN|ERROR) ([\\w.$]+) - ");

    /** Where Camel tells URIs as routes have them, with the secrets that are in them: SECURITY.md. */
    private static final Pattern OF_CAMEL =
            Pattern.compile("^(JMX: |console: (?!emqx-platform)|endpoint: URI|registry: key)");

    /** Names that look like secrets and are none, and why. */
    private static final Map<String, String> NO_SECRETS = Map.of(
            "coap:request token", "joins an answer to its request (RFC 7252, 5.3.1)",
            "configs:get key", "the path of a configuration",
            "configs:update-dashboard token_expired_time", "a time",
            "authenticators:create password_attribute", "the name of a field in LDAP",
            "authenticators:update password_attribute", "the name of a field in LDAP",
            "gateway-authentication:create password_attribute", "the name of a field in LDAP",
            "gateway-authentication:update password_attribute", "the name of a field in LDAP",
            "data:export root_keys", "names of parts of the configuration");

    @TempDir
    Path folder;

    @Test
    void nothingThatCanBeReadHasASecret() throws Exception {
        hunt("all", "-Dorg.slf4j.simpleLogger.log.org.apache.hc=info");
        Map<String, String> found = new LinkedHashMap<>();
        int places = 0;
        Set<String> kinds = new TreeSet<>();
        try (BufferedReader said = Files.newBufferedReader(folder.resolve("said"))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                JsonNode place = LeakHunt.JSON.readTree(line);
                places++;
                kinds.add(place.get("place").asText().replaceFirst("[ :].*", ""));
                String name = place.get("place").asText();
                leaks(place.get("text").asText()).forEach((canary, where) -> {
                    if (!canary.inUri() || !OF_CAMEL.matcher(name).find()) {
                        found.put(canary + " in " + name, where);
                    }
                });
            }
        }
        List<Entry> log = log();
        for (Entry entry : log) {
            leaks(entry.text()).forEach((canary, where) -> {
                boolean camels = entry.logger().startsWith("org.apache.camel.")
                        && (entry.level().equals("TRACE") || entry.level().equals("DEBUG"));
                if (!camels || !canary.inUri()) {
                    found.put(canary + " in the log, " + entry.level() + " " + entry.logger(), where);
                }
            });
        }
        System.out.println(Canary.values().length + " secrets looked for in " + places + " places " + kinds + " and "
                + log.size() + " entries of the log");
        assertThat(kinds)
                .contains(
                        "call",
                        "component",
                        "configuration",
                        "console",
                        "consumer",
                        "credentials",
                        "deployment",
                        "endpoint",
                        "health",
                        "JMX",
                        "meter",
                        "mistake",
                        "producer",
                        "registry",
                        "route",
                        "routes",
                        "tls");
        assertThat(places).isGreaterThan(3000);
        assertThat(log).hasSizeGreaterThan(10_000).anyMatch(entry -> entry.logger()
                .startsWith("io.github.camelemqx"));
        assertThat(found).isEmpty();
    }

    /** What SECURITY.md says of the HTTP client's own log: that it has everything, and that nothing else has. */
    @Test
    void onlyTheHttpClientsOwnLogHasWhatTravels() throws Exception {
        hunt("wire", "-Dorg.slf4j.simpleLogger.log.org.apache.hc=trace");
        Map<String, Set<Canary>> loggers = new TreeMap<>();
        for (Entry entry : log()) {
            leaks(entry.text()).keySet().stream()
                    .filter(canary -> !canary.inUri() || !entry.logger().startsWith("org.apache.camel."))
                    .forEach(canary -> loggers.computeIfAbsent(entry.logger(), none -> EnumSet.noneOf(Canary.class))
                            .add(canary));
        }
        assertThat(loggers.keySet()).allMatch(logger -> logger.startsWith("org.apache.hc.client5.http."));
        assertThat(loggers.get("org.apache.hc.client5.http.headers")).contains(Canary.APP_SECRET);
        assertThat(loggers.get("org.apache.hc.client5.http.wire")).contains(Canary.APP_SECRET, Canary.USER_PASSWORD);
    }

    /** What a broker quotes is taken out of its message only where the catalogue says that it is secret. */
    @Test
    void whateverIsCalledASecretIsMarkedAsOne() {
        Pattern telling = Pattern.compile(
                "(^|_)(password|passwd|pwd|passphrase|secret|token|private|psk|key|keys|salt|credentials?)($|_)");
        Set<String> unmarked = new TreeSet<>();
        int marked = 0;
        for (Operation operation : Catalog.load().resources().stream()
                .flatMap(resource -> resource.operations().values().stream())
                .toList()) {
            for (Parameter parameter : operation.parameters()) {
                List<String> names = new ArrayList<>(parameter.names().toList());
                parameter.places().values().stream().map(Place::name).forEach(names::add);
                if (names.stream().anyMatch(name -> telling.matcher(name).find())) {
                    if (parameter.secret()) {
                        marked++;
                    } else {
                        unmarked.add(operation.fullName() + " " + parameter.name());
                    }
                }
            }
        }
        assertThat(unmarked).isEqualTo(NO_SECRETS.keySet());
        assertThat(marked).isGreaterThan(30);
    }

    /** An entry of the log with its stack trace. */
    private record Entry(String level, String logger, String text) {}

    private List<Entry> log() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String level = "";
        String logger = "";
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(folder.resolve("log"), StandardCharsets.ISO_8859_1)) {
            Matcher begin = ENTRY.matcher(line);
            if (begin.find()) {
                entries.add(new Entry(level, logger, text.toString()));
                level = begin.group(1);
                logger = begin.group(2);
                text.setLength(0);
            }
            text.append(line).append('\n');
        }
        entries.add(new Entry(level, logger, text.toString()));
        return entries;
    }

    /** Which secrets a text has, and where. */
    private static Map<Canary, String> leaks(String text) {
        Map<Canary, String> leaks = new LinkedHashMap<>();
        for (Map.Entry<String, Canary> form : FORMS.entrySet()) {
            int at = text.indexOf(form.getKey());
            if (at >= 0) {
                leaks.put(form.getValue(), text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 60)));
            }
        }
        return leaks;
    }

    private static final Map<String, Canary> FORMS = forms();

    /** Each secret by its two halves, as they are and in the middle of a text in Base64. */
    private static Map<String, Canary> forms() {
        Map<String, Canary> forms = new LinkedHashMap<>();
        for (Canary canary : Canary.values()) {
            for (String half : List.of(canary.core(), canary.tail())) {
                forms.put(half, canary);
                for (int before = 0; before < 3; before++) {
                    String encoded = Base64.getEncoder()
                            .encodeToString(("x".repeat(before) + half + "xxx").getBytes(StandardCharsets.UTF_8));
                    int begin = (before * 8 + 5) / 6;
                    int end = (before + half.length()) * 8 / 6;
                    forms.put(encoded.substring(begin, end), canary);
                }
            }
        }
        return forms;
    }

    private void hunt(String what, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-Dorg.slf4j.simpleLogger.logFile=" + folder.resolve("log"),
                "-Dorg.apache.camel.jmx.disabled=false"));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), LeakHunt.class.getName(), folder.toString(), what));
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
        assertThat(leaks(Files.readString(printed))).isEmpty();
        System.out.println(Files.readString(printed).strip());
    }
}
