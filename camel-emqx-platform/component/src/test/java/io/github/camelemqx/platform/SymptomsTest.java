/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each symptom that docs/troubleshooting.md quotes is what a user really reads, and nothing is quoted that nobody can read. */
@ParameterizedClass
@EnumSource(Generation.class)
class SymptomsTest extends BothGenerations {

    private static final Path PAGE = Path.of("docs", "troubleshooting.md");

    private static final String ACCOUNT =
            "platformApiUrl=http://localhost:1/public_api/v1&platformKey=k&platformSecret=" + SECRET;

    /** What leads to a symptom. */
    private interface Mishap {
        void happen() throws Exception;
    }

    @Test
    void everySymptomOfThePageIsWhatUsersRead() throws IOException {
        Map<String, Mishap> mishaps = mishaps();
        assertThat(quoted()).containsExactlyElementsOf(mishaps.keySet());
        List<String> wrong = new ArrayList<>();
        mishaps.forEach((symptom, mishap) -> {
            String read = words(catchThrowable(mishap::happen));
            if (!read.contains(symptom)) {
                wrong.add(symptom + " is not in: " + read);
            }
        });
        assertThat(wrong).isEmpty();
    }

    private Map<String, Mishap> mishaps() {
        Map<String, Mishap> mishaps = new LinkedHashMap<>();
        mishaps.put("There is no resource", () -> endpoint("client?operation=list"));
        mishaps.put("has no operation", () -> endpoint("clients?operation=kik"));
        mishaps.put("Option apiUrl is missing", () -> fresh("clients?operation=list&appId=a&appSecret=b"));
        mishaps.put(
                "allowInsecureHttp",
                () -> endpoint("clients?operation=list&apiUrl=http://emqx.example.com:8081/api/v5"));
        mishaps.put("HTTP 401", () -> send("clients?operation=list&appSecret=RAW(not the secret)"));
        mishaps.put("HTTP 403", () -> refused(aResponse().withStatus(403)));
        mishaps.put(
                "no answer from",
                () -> send("clients?operation=list&apiUrl=http://localhost:" + deadPort() + "/api/v5"));
        mishaps.put("no complete answer from", this::slow);
        mishaps.put(
                "the answer is not JSON",
                () -> refused(
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>Sign in</html>")));
        mishaps.put("Option requestsPerSecond is", this::twoLimits);
        mishaps.put("cannot do without it", () -> watch("certificates?" + ACCOUNT));
        mishaps.put("The smallest delay that fits is", () -> watch("deployments?delay=1000&" + ACCOUNT));
        return mishaps;
    }

    private void endpoint(String uri) {
        context.getEndpoint("emqx-platform:" + uri);
    }

    private void fresh(String uri) {
        CamelContext other = new DefaultCamelContext();
        try {
            other.getEndpoint("emqx-platform:" + uri);
        } finally {
            other.stop();
        }
    }

    private void send(String uri) throws Exception {
        Exchange exchange = template.send("emqx-platform:" + uri, new DefaultExchange(context));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private void refused(ResponseDefinitionBuilder answer) throws Exception {
        StubMapping stub = emqx.wireMock().stubFor(any(anyUrl()).atPriority(1).willReturn(answer));
        try {
            send("clients?operation=list");
        } finally {
            emqx.wireMock().removeStub(stub);
        }
    }

    private void slow() throws Exception {
        StubMapping stub = emqx.wireMock()
                .stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withFixedDelay(2000)));
        try {
            send("clients?operation=list&responseTimeout=100");
        } finally {
            emqx.wireMock().removeStub(stub);
        }
    }

    private void twoLimits() throws Exception {
        send("clients?operation=list&requestsPerSecond=50");
        send("clients?operation=list&requestsPerSecond=60");
    }

    private void watch(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:" + uri).to("mock:events");
            }
        });
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable one = failure; one != null; one = one.getCause()) {
            words.append(one.getClass().getSimpleName())
                    .append(": ")
                    .append(one.getMessage())
                    .append('\n');
        }
        return words.toString();
    }

    /** The first words in code of each row. */
    private static List<String> quoted() throws IOException {
        Matcher row = Pattern.compile("(?m)^\\| `([^`]+)`").matcher(Files.readString(PAGE));
        List<String> quoted = new ArrayList<>();
        while (row.find()) {
            quoted.add(row.group(1));
        }
        return quoted;
    }
}
