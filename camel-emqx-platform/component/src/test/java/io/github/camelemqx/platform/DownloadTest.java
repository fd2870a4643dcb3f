/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.TrialCatalog;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Files stream through routes, from the connection on; whatever goes wrong, the connection is free again. */
@ParameterizedClass
@EnumSource(Generation.class)
class DownloadTest extends BothGenerations {

    private static final String DOWNLOAD = "backups?operation=download&param.name=t1";

    private static final byte[] LARGE = new byte[20 << 20];

    static {
        for (int i = 0; i < LARGE.length; i++) {
            LARGE[i] = (byte) (i ^ (i >> 8));
        }
    }

    @TempDir
    Path folder;

    /** What the route does with the file. */
    private final AtomicReference<Processor> reader = new AtomicReference<>(exchange -> {});

    @Override
    Catalog catalog() {
        return TrialCatalog.load();
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:download").toD("emqx-platform:${header.uri}").process(exchange -> reader.get()
                        .process(exchange));
                from("direct:save").toD("emqx-platform:${header.uri}").toD("file:${header.folder}?fileName=saved.zip");
            }
        };
    }

    private Exchange download(String uri) {
        return template.request(
                "direct:download", exchange -> exchange.getMessage().setHeader("uri", uri));
    }

    private byte[] content(String uri) throws Exception {
        AtomicReference<byte[]> content = new AtomicReference<>();
        reader.set(exchange -> content.set(stream(exchange).readAllBytes()));
        Exchange done = download(uri);
        if (done.getException() != null) {
            throw done.getException();
        }
        return content.get();
    }

    private static InputStream stream(Exchange exchange) {
        assertThat(exchange.getMessage().getBody()).isInstanceOf(InputStream.class);
        return exchange.getMessage().getBody(InputStream.class);
    }

    private void answer(ResponseDefinitionBuilder answer) {
        emqx.wireMock().stubFor(any(urlPathMatching("/api/.*")).atPriority(1).willReturn(answer));
    }

    private static ResponseDefinitionBuilder zip(byte[] content) {
        return aResponse().withHeader("Content-Type", "application/zip").withBody(content);
    }

    @Test
    void aLargeFileArrivesAsItIs() throws Exception {
        answer(zip(LARGE));
        assertThat(content(DOWNLOAD)).isEqualTo(LARGE);
        Request asked = emqx.wireMock().getAllServeEvents().get(0).getRequest();
        assertThat(asked.getUrl()).endsWith("/trace/t1/download");
        assertThat(asked.getHeader("Accept")).isEqualTo("*/*");
    }

    @Test
    void aRouteSavesItToDisk() throws Exception {
        answer(zip(LARGE));
        Exchange done = template.request("direct:save", exchange -> exchange.getMessage()
                .setHeaders(Map.of("uri", DOWNLOAD, "folder", folder.toString())));
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(200);
        assertThat(Files.readAllBytes(folder.resolve("saved.zip"))).isEqualTo(LARGE);
    }

    @Test
    void aRouteReadsTheBeginningBeforeTheEndIsSent() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        ExecutorService server = Executors.newSingleThreadExecutor();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> sent = server.submit(() -> {
                try (Socket connection = socket.accept();
                        InputStream request = connection.getInputStream();
                        OutputStream out = connection.getOutputStream()) {
                    assertThat(request.read()).isPositive();
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 2\r\n\r\nA"
                            .getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
                    out.write('B');
                }
                return null;
            });
            reader.set(exchange -> {
                InputStream content = stream(exchange);
                assertThat(content.read()).isEqualTo('A');
                read.countDown();
                assertThat(content.read()).isEqualTo('B');
                assertThat(content.read()).isEqualTo(-1);
                assertThat(content.read(new byte[1])).isEqualTo(-1);
            });
            String api = v5() ? "/api/v5" : "/api/v4";
            Exchange done = download(DOWNLOAD + "&apiUrl=http://127.0.0.1:" + socket.getLocalPort() + api);
            assertThat(done.getException()).isNull();
            sent.get();
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void connectionsAreFreeAfterTheEndACloseAndTheExchange() throws Exception {
        byte[] file = Arrays.copyOf(LARGE, 1 << 20);
        answer(zip(file));
        String few = DOWNLOAD + "&http.connectionsPerRoute=2&http.maxTotalConnections=2&responseTimeout=5000";
        for (Processor half : new Processor[] {
            exchange -> assertThat(stream(exchange).readNBytes(1000)).hasSize(1000),
            exchange -> {
                try (InputStream content = stream(exchange)) {
                    assertThat(content.read()).isEqualTo(file[0] & 0xff);
                }
            },
            exchange -> {},
            exchange -> assertThat(stream(exchange).readAllBytes()).hasSize(file.length)
        }) {
            for (int i = 0; i < 3; i++) {
                reader.set(half);
                assertThat(download(few).getException()).isNull();
            }
        }
        answer(aResponse().withStatus(404).withBody("Not found."));
        for (int i = 0; i < 3; i++) {
            assertThat(download(few).getException()).isInstanceOf(EmqxNotFoundException.class);
        }
        answer(zip("end".getBytes(StandardCharsets.US_ASCII)));
        assertThat(content(few)).asString().isEqualTo("end");
    }

    @Test
    void afterItsExchangeItIsClosed() throws Exception {
        answer(zip(LARGE));
        AtomicReference<InputStream> kept = new AtomicReference<>();
        reader.set(exchange -> kept.set(stream(exchange)));
        assertThat(download(DOWNLOAD).getException()).isNull();
        assertThatThrownBy(() -> kept.get().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("backups:download: the content is closed");
        assertThat(kept.get().available()).isZero();
    }

    @Test
    void oneThatIsCutShortIsAFailureThatNamesTheOperation() {
        answer(zip(LARGE).withHeader("Content-Length", "30000000").withHeader("Connection", "close"));
        reader.set(exchange -> stream(exchange).readAllBytes());
        assertThat(download(DOWNLOAD).getException())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("backups:download: the content broke off after " + LARGE.length + " bytes")
                .hasMessageNotContaining(emqx.appSecret());
        answer(zip(LARGE).withFault(Fault.MALFORMED_RESPONSE_CHUNK));
        assertThat(download(DOWNLOAD).getException())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("backups:download: the content broke off after ");
    }

    @Test
    void headersThatDoNotComeAreUnavailable() {
        answer(zip(LARGE).withFixedDelay(5000));
        assertThat(download(DOWNLOAD + "&responseTimeout=300").getException())
                .isExactlyInstanceOf(EmqxUnavailableException.class);
    }

    @Test
    void failuresAreMappedWhateverTheirType() {
        answer(okJson("{\"code\":\"NOT_FOUND\",\"message\":\"no file\"}").withStatus(404));
        EmqxPlatformException absent =
                (EmqxPlatformException) download(DOWNLOAD).getException();
        assertThat(absent).isExactlyInstanceOf(EmqxNotFoundException.class);
        assertThat(absent.resultCode()).isEqualTo("NOT_FOUND");
        answer(aResponse()
                .withStatus(404)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>"));
        assertThat(download(DOWNLOAD).getException()).isExactlyInstanceOf(EmqxNotFoundException.class);
        answer(okJson("{\"code\":\"BAD_REQUEST\"}").withStatus(400));
        assertThat(download(DOWNLOAD).getException()).isExactlyInstanceOf(EmqxInvalidRequestException.class);
    }

    @Test
    void anAbsentOneIsNullOnRequest() {
        answer(
                v5()
                        ? aResponse().withStatus(404)
                        // recording v4 444
                        : okJson("{\"message\":\"not_found\"}"));
        assertThat(download(DOWNLOAD).getException()).isExactlyInstanceOf(EmqxNotFoundException.class);
        AtomicReference<Object> body = new AtomicReference<>("something");
        reader.set(exchange -> body.set(exchange.getMessage().getBody()));
        assertThat(download(DOWNLOAD + "&failOnNotFound=false").getException()).isNull();
        assertThat(body.get()).isNull();
    }

    @Test
    void generation4WrapsFilesAndFailuresInJson() throws Exception {
        String get = "backups?operation=get&param.filename=b%2B1.json";
        answer(okJson("{\"code\":0,\"data\":{\"filename\":\"b\",\"file\":\"héllo\"}}"));
        assertThat(content(get)).asString(StandardCharsets.UTF_8).isEqualTo(v5() ? whole("\"héllo\"") : "héllo");
        answer(okJson("{\"code\":0,\"data\":{\"filename\":\"b\",\"file\":{\"a\":[1]}}}"));
        assertThat(content(get)).asString().isEqualTo(v5() ? whole("{\"a\":[1]}") : "{\"a\":[1]}");
        answer(okJson("{\"code\":0,\"data\":[1,2]}"));
        assertThat(content(DOWNLOAD)).asString().isEqualTo(v5() ? "{\"code\":0,\"data\":[1,2]}" : "[1,2]");
        answer(okJson("{\"code\":0,\"data\":{\"filename\":\"b\"}}"));
        if (!v5()) {
            assertThat(download(get).getException()).isExactlyInstanceOf(EmqxNotFoundException.class);
        }
    }

    private static String whole(String file) {
        return "{\"code\":0,\"data\":{\"filename\":\"b\",\"file\":" + file + "}}";
    }

    @Test
    void jsonOfGeneration4MustBeWhole() {
        answer(okJson("{\"code\":0,\"data\":{\"file\":\"x"));
        reader.set(exchange -> {});
        assertThat(download(DOWNLOAD).getException()).satisfies(failure -> {
            if (v5()) {
                assertThat(failure).isNull();
            } else {
                assertThat(failure).isExactlyInstanceOf(EmqxProtocolException.class);
            }
        });
    }
}
