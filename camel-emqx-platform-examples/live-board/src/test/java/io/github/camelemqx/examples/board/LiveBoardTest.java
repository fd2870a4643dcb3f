/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@ParameterizedClass
@CsvSource({"V4, JAVA", "V5, YAML"})
class LiveBoardTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @Parameter(0)
    Generation generation;

    @Parameter(1)
    RoutesFrom routes;

    private EmqxSimulator emqx;
    private LiveBoard board;

    @BeforeEach
    void start() {
        emqx = EmqxSimulator.start(generation);
        board = start(0);
    }

    private LiveBoard start(int port) {
        return routes.board(emqx, port)
                .set("clients.delay", "30")
                .set("metrics.delay", "50")
                .set("pulse.period", "100")
                .patience(Duration.ofMillis(500))
                .start();
    }

    /** A build may be short of everything. */
    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @AfterEach
    void stop() {
        board.close();
        emqx.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + board.port() + path))
                                .header("X-Of-The-Request", "1")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void thePageRunsNothingButItsOwn() throws Exception {
        for (String path : new String[] {"/", "/board.css", "/board.js", "/icon.svg"}) {
            HttpResponse<String> file = get(path);
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.body()).isNotBlank();
            assertThat(file.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'none'", "script-src 'self'")
                            .doesNotContain("unsafe", "http", "*"));
            assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(file.headers().firstValue("X-Of-The-Request")).isEmpty();
        }
        assertThat(get("/").body()).doesNotContain("<style", "onclick", "http");
        assertThat(get("/board.js").body()).doesNotContain("innerHTML", "insertAdjacent", "document.write", "eval(");
    }

    @Test
    void eventsArriveWhileTheStreamIsOpen() throws Exception {
        emqx.connect("here-before");
        try (OpenPage page = new OpenPage(board.port())) {
            assertThat(page.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
            soon().untilAsserted(() -> assertThat(page.shown()).containsExactly("connected here-before"));
            emqx.connect(HOSTILE);
            soon().untilAsserted(() -> assertThat(page.shown()).contains("connected " + HOSTILE));
            emqx.disconnect(HOSTILE);
            soon().untilAsserted(() -> assertThat(page.shown()).containsExactly("connected here-before"));
            assertThat(page.events())
                    .containsExactly("connected here-before", "connected " + HOSTILE, "disconnected " + HOSTILE);
            assertThat(page.frames().get(0).name()).isEqualTo("snapshot");
            assertThat(page.ended()).isFalse();
        }
        soon().untilAsserted(() -> assertThat(board.viewers()).isZero());
    }

    @Test
    void whoComesLaterFirstGetsWhatIs() throws Exception {
        try (OpenPage first = new OpenPage(board.port())) {
            for (int i = 0; i < 60; i++) {
                emqx.connect("c" + i);
            }
            soon().untilAsserted(() -> assertThat(first.shown()).hasSize(60));
            emqx.disconnect("c7");
            emqx.connect("long".repeat(1_000));
            soon().untilAsserted(() -> assertThat(first.shown()).hasSize(60).doesNotContain("connected c7"));
            try (OpenPage second = new OpenPage(board.port())) {
                soon().untilAsserted(() -> assertThat(second.shown()).isEqualTo(first.shown()));
                assertThat(second.shown())
                        .anySatisfy(row -> assertThat(row).hasSizeLessThan(140).endsWith("…"));
                assertThat(second.named("client")).isEmpty();
                assertThat(second.named("snapshot").findFirst().orElseThrow().get("events"))
                        .hasSize(50);
            }
        }
    }

    /** Viewers that come while clients come and go see in the end what is. */
    @Test
    void nothingFallsBetweenTheSnapshotAndTheChanges() throws Exception {
        Future<?> churn = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 400; i++) {
                emqx.connect("c" + i % 40);
                if (i % 3 == 0) {
                    emqx.disconnect("c" + i % 40);
                }
            }
        });
        try (OpenPage one = new OpenPage(board.port());
                OpenPage two = new OpenPage(board.port());
                OpenPage three = new OpenPage(board.port())) {
            churn.get(30, TimeUnit.SECONDS);
            String[] truth = emqx.clients().stream()
                    .map(client -> "connected " + client.clientId())
                    .toArray(String[]::new);
            for (OpenPage page : new OpenPage[] {one, two, three}) {
                soon().untilAsserted(() -> assertThat(page.shown()).containsExactlyInAnyOrder(truth));
            }
        }
    }

    @Test
    void ratesFollowTheBrokerAndFallToZero() throws Exception {
        try (OpenPage page = new OpenPage(board.port())) {
            soon().until(() -> page.named("sample").findAny().isPresent());
            emqx.connect("c1");
            emqx.count("messages.received", 500);
            soon().until(() -> page.named("sample")
                    .anyMatch(sample -> sample.get("received").asDouble() > 0));
            soon().until(() -> page.named("sample")
                            .mapToLong(sample -> sample.get("connects").asLong())
                            .sum()
                    == 1);
            soon().until(() -> page.named("sample")
                            .reduce((one, other) -> other)
                            .orElseThrow()
                            .get("received")
                            .asDouble()
                    == 0);
        }
    }

    @Test
    void clientsOfALostNodeAreUnreachable() throws Exception {
        emqx.addNode("emqx@node2");
        emqx.connect(ClientOptions.of("c1").node("emqx@node2"));
        try (OpenPage page = new OpenPage(board.port())) {
            soon().untilAsserted(() -> assertThat(page.shown()).containsExactly("connected c1"));
            emqx.killNode("emqx@node2");
            soon().untilAsserted(() -> assertThat(page.shown()).containsExactly("unreachable c1"));
            assertThat(page.named("client").reduce((one, other) -> other)).hasValueSatisfying(last -> {
                assertThat(last.get("connected").asInt()).isZero();
                assertThat(last.get("unreachable").asInt()).isEqualTo(1);
            });
        }
    }

    @Test
    void aWatchThatIsDownIsToldAndThatItWorksAgain() throws Exception {
        try (OpenPage page = new OpenPage(board.port())) {
            soon().untilAsserted(() -> assertThat(watch(page)).isEqualTo("up"));
            StubMapping broken = emqx.wireMock()
                    .stubFor(WireMock.get(urlPathMatching(".*/clients.*"))
                            .atPriority(1)
                            .willReturn(aResponse().withStatus(503)));
            soon().untilAsserted(() -> assertThat(watch(page)).isEqualTo("down"));
            assertThat(page.frames().toString()).contains("503").doesNotContain(emqx.appSecret());
            emqx.wireMock().removeStub(broken);
            soon().untilAsserted(() -> assertThat(watch(page)).isEqualTo("up"));
        }
    }

    private static String watch(OpenPage page) {
        return page.named("watches")
                .reduce((one, other) -> other)
                .map(watches -> watches.path("clients").path("state").asText())
                .orElse("unknown");
    }

    @Test
    void aViewerThatNeverReadsIsLetGoAndHoldsUpNobody() throws Exception {
        try (OpenPage page = new OpenPage(board.port());
                Socket dead = deadViewer()) {
            soon().untilAsserted(() -> assertThat(board.viewers()).isEqualTo(2));
            String filling = "x".repeat(110);
            soon().until(() -> {
                // each of them connects again
                for (int i = 0; i < 400; i++) {
                    emqx.connect(filling + i);
                }
                return board.viewers() == 1;
            });
            emqx.connect("after");
            soon().untilAsserted(() -> assertThat(page.shown()).contains("connected after"));
            assertThat(page.ended()).isFalse();
            assertThat(ends(dead)).isTrue();
        }
    }

    /** Whether the board has closed the connection, behind what it had sent; fails when it has not. */
    private static boolean ends(Socket viewer) throws IOException {
        viewer.setSoTimeout(30_000);
        try {
            viewer.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // in the middle of what it had sent: an end, too
        }
        return true;
    }

    /** More than a viewer may have waiting, all at once. */
    @Test
    void aBurstIsNotLost() throws Exception {
        try (OpenPage page = new OpenPage(board.port())) {
            soon().until(() -> page.named("snapshot").findAny().isPresent());
            for (int i = 0; i < 3 * Viewer.WAITING; i++) {
                emqx.connect("c" + i);
            }
            emqx.connect("last");
            soon().untilAsserted(() -> assertThat(page.shown()).contains("connected last"));
            JsonNode last = page.frames().stream()
                    .map(OpenPage.Frame::data)
                    .filter(data -> data.has("connected"))
                    .reduce((one, other) -> other)
                    .orElseThrow();
            assertThat(last.get("connected").asInt()).isEqualTo(3 * Viewer.WAITING + 1);
            assertThat(page.ended()).isFalse();
        }
    }

    /** Asks for the stream, with little room for the answer, and takes none of it. */
    private Socket deadViewer() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), board.port()));
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void thereIsRoomForSoManyViewers() throws Exception {
        OpenPage[] pages = new OpenPage[Board.VIEWERS];
        try {
            for (int i = 0; i < pages.length; i++) {
                pages[i] = new OpenPage(board.port());
            }
            HttpResponse<String> refused = get("/events");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        } finally {
            for (OpenPage page : pages) {
                if (page != null) {
                    page.close();
                }
            }
        }
        soon().untilAsserted(() -> assertThat(board.viewers()).isZero());
        try (OpenPage page = new OpenPage(board.port())) {
            soon().until(() -> page.named("snapshot").findAny().isPresent());
        }
    }

    @Test
    void afterARestartAPageThatComesAgainSeesAllOfIt() throws Exception {
        emqx.connect("c1");
        int port = board.port();
        try (OpenPage page = new OpenPage(port)) {
            soon().untilAsserted(() -> assertThat(page.shown()).containsExactly("connected c1"));
            board.close();
            soon().until(page::ended);
        }
        emqx.connect("c2");
        board = start(port);
        try (OpenPage page = new OpenPage(port)) {
            soon().untilAsserted(() -> assertThat(page.shown()).containsExactly("connected c1", "connected c2"));
        }
    }
}
