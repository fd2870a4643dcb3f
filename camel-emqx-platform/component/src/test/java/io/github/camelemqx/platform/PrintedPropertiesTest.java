/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** camel-main logs the properties that it has read, at INFO, as each application starts. */
class PrintedPropertiesTest {

    private static final Path SCHEMA =
            Path.of("src/generated/resources/META-INF/io/github/camelemqx/platform/emqx-platform.json");

    private static final String SECRET = "word-that-is-secret";

    @TempDir
    private Path folder;

    /** An application whose configuration is in a file of properties, as most are. */
    static final class Application {

        public static void main(String[] args) throws Exception {
            Main main = new Main();
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:clients").to("emqx-platform:clients?operation=list");
                    from("direct:deployments").to("emqx-platform:deployments?operation=list");
                }
            });
            main.start();
            main.stop();
        }
    }

    /** The options that Camel's generator has marked. */
    private static List<String> secretOptions() throws IOException {
        List<String> secret = new ArrayList<>();
        new ObjectMapper()
                .readTree(SCHEMA.toFile())
                .path("componentProperties")
                .properties()
                .forEach(option -> {
                    if (option.getValue().path("secret").asBoolean()) {
                        secret.add(option.getKey());
                    }
                });
        return secret;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "camel.main.additional-sensitive-keywords=magic\n"})
    void secretsAreNotAmongThem(String others) throws Exception {
        List<String> options = secretOptions();
        assertThat(options).contains("appSecret", "platformSecret");
        StringBuilder properties = new StringBuilder(others)
                .append("camel.component.emqx-platform.api-url=http://127.0.0.1:1/api/v5\n")
                .append("camel.component.emqx-platform.app-id=application\n")
                .append("camel.component.emqx-platform.platform-api-url=http://127.0.0.1:1/public_api/v1\n")
                .append("camel.component.emqx-platform.platform-key=account\n");
        options.forEach(option -> properties
                .append("camel.component.emqx-platform.")
                .append(option)
                .append('=')
                .append(SECRET)
                .append('\n'));
        Files.writeString(folder.resolve("application.properties"), properties);
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                        "-Dorg.slf4j.simpleLogger.logFile=System.out",
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        Application.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        List<String> log = Files.readAllLines(printed);

        assertThat(process.exitValue()).as(String.join("\n", log)).isZero();
        assertThat(log).filteredOn(line -> line.contains(SECRET)).isEmpty();
        assertThat(options).allSatisfy(option -> assertThat(log).anyMatch(line -> line.contains(option + " = xxxxxx")));
    }
}
