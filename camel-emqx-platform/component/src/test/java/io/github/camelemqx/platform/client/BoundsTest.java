/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No answer is larger than it may be. */
class BoundsTest {

    @Test
    void aBodyEndsAtItsBound() throws IOException {
        try (BoundedBody body = new BoundedBody(new ByteArrayInputStream(new byte[10]), 10)) {
            assertThat(body.readAllBytes()).hasSize(10);
        }
        try (BoundedBody body = new BoundedBody(new ByteArrayInputStream(new byte[11]), 10)) {
            assertThatThrownBy(body::readAllBytes).isInstanceOf(BoundedBody.TooLarge.class);
        }
        try (BoundedBody body = new BoundedBody(new ByteArrayInputStream(new byte[2]), 1)) {
            assertThat(body.read()).isZero();
            assertThatThrownBy(body::read).isInstanceOf(BoundedBody.TooLarge.class);
        }
    }

    @Test
    void aFileEndsAfterThirtyTimesTheResponseTimeout() throws Exception {
        WireMockServer broker =
                new WireMockServer(wireMockConfig().dynamicPort().gzipDisabled(true));
        broker.start();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        CamelContext context = new DefaultCamelContext();
        try {
            context.start();
            // each piece comes in time, all of them do not
            broker.stubFor(get("/file")
                    .willReturn(aResponse().withBody(new byte[4000]).withChunkedDribbleDelay(1000, 60_000)));
            try (HttpTransport transport = transport(context, broker.baseUrl(), Duration.ofMillis(500), clock)) {
                // the first exchange of all loads classes, within the same time
                await().ignoreExceptionsInstanceOf(EmqxUnavailableException.class)
                        .until(() ->
                                transport.exchange(ApiRequest.get("files:get", "/none", List.of()), ApiAnswer::status)
                                        == 404);
                InputStream file = transport.open(ApiRequest.get("files:get", "/file", List.of()), ApiAnswer::body);
                assertThatThrownBy(file::readAllBytes)
                        .isExactlyInstanceOf(Download.BrokenOff.class)
                        .hasMessageContaining("files:get: the content broke off after ")
                        .hasMessageEndingWith("not complete within 15000 ms")
                        .hasMessageNotContaining("hidden-word");
                assertThatThrownBy(file::read).hasMessageContaining("files:get: the content is closed");
            }
        } finally {
            context.stop();
            clock.shutdownNow();
            broker.stop();
        }
    }

    @Test
    void aFileThatStopsComingEndsLongBeforeThat() throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ExecutorService server = Executors.newSingleThreadExecutor();
        CamelContext context = new DefaultCamelContext();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> afterwards = server.submit(() -> answerThatStops(socket));
            context.start();
            try (HttpTransport transport =
                    transport(context, "http://127.0.0.1:" + socket.getLocalPort(), Duration.ofSeconds(3), clock)) {
                InputStream file = transport.open(ApiRequest.get("files:get", "/file", List.of()), ApiAnswer::body);
                assertThatThrownBy(file::readAllBytes)
                        .isExactlyInstanceOf(Download.BrokenOff.class)
                        .hasMessageContaining("the content broke off after 9 bytes")
                        .hasMessageNotContaining("not complete within");
            }
            assertThat(afterwards.get()).isNegative();
        } finally {
            context.stop();
            clock.shutdownNow();
            server.shutdownNow();
        }
    }

    @Test
    void anOptionOfCamelHttpSaysHowLongAFileMayStop() throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ExecutorService server = Executors.newFixedThreadPool(2);
        CamelContext context = new DefaultCamelContext();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> afterwards = server.submit(() -> answerThatStops(socket));
            context.start();
            ConnectionSettings settings = new ConnectionSettings(
                    Duration.ofSeconds(5), Duration.ofHours(1), null, Map.of("responseTimeout", "500"));
            try (HttpTransport transport =
                    transport(context, "http://127.0.0.1:" + socket.getLocalPort(), settings, clock)) {
                InputStream file = transport.open(ApiRequest.get("files:get", "/file", List.of()), ApiAnswer::body);
                Future<Throwable> failed = server.submit(() -> catchThrowable(file::readAllBytes));
                // without the option it would be an hour
                assertThat(afterwards.get(1, TimeUnit.MINUTES)).isNegative();
                assertThat(failed.get())
                        .isExactlyInstanceOf(Download.BrokenOff.class)
                        .hasMessageContaining("the content broke off after 9 bytes")
                        .hasMessageNotContaining("not complete within");
            }
        } finally {
            context.stop();
            clock.shutdownNow();
            server.shutdownNow();
        }
    }

    /** What there is to read behind the request: nothing, when the client has had enough. */
    private static int answerThatStops(ServerSocket socket) throws IOException {
        try (Socket connection = socket.accept();
                InputStream request = connection.getInputStream();
                OutputStream answer = connection.getOutputStream()) {
            byte[] buffer = new byte[8192];
            assertThat(request.read(buffer)).isPositive();
            answer.write("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 4000\r\n\r\nbeginning"
                    .getBytes(StandardCharsets.US_ASCII));
            try {
                return request.read();
            } catch (SocketException reset) {
                return -1;
            }
        }
    }

    private static HttpTransport transport(
            CamelContext context, String url, Duration responseTimeout, ScheduledExecutorService clock) {
        return transport(
                context, url, new ConnectionSettings(Duration.ofSeconds(5), responseTimeout, null, Map.of()), clock);
    }

    private static HttpTransport transport(
            CamelContext context, String url, ConnectionSettings settings, ScheduledExecutorService clock) {
        return new HttpTransport(
                context,
                ApiAddress.parse(ApiKind.DEPLOYMENT, url, false),
                new Credentials("key", "hidden-word", Credentials.Method.BASIC),
                settings,
                new Pace(0),
                new Deadlines(clock));
    }

    @ParameterizedTest
    @CsvSource({"list, " + HttpTransport.LARGEST_PAGE, "get&clientId=c1, " + HttpTransport.LARGEST_ANSWER})
    void anAnswerWithoutEndIsAProtocolFailure(String operation, long largest) throws Exception {
        ExecutorService server = Executors.newSingleThreadExecutor();
        CamelContext context = new DefaultCamelContext();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> written = server.submit(() -> answerWithoutEnd(socket));
            context.start();
            Throwable failed = catchThrowable(() -> context.createProducerTemplate()
                    .requestBody(
                            "emqx-platform:clients?operation=" + operation + "&apiUrl=http://127.0.0.1:"
                                    + socket.getLocalPort()
                                    + "/api/v5&appId=key&appSecret=secret&responseTimeout=60000",
                            (Object) null));
            assertThat(failed.getCause())
                    .isInstanceOf(EmqxProtocolException.class)
                    .hasMessageContaining("the answer is larger than " + largest + " bytes");
            written.get();
        } finally {
            context.stop();
            server.shutdownNow();
        }
    }

    /** Until the client has had enough. */
    private static Void answerWithoutEnd(ServerSocket socket) throws IOException {
        byte[] blanks = new byte[1 << 16];
        Arrays.fill(blanks, (byte) ' ');
        try (Socket connection = socket.accept();
                InputStream request = connection.getInputStream();
                OutputStream answer = connection.getOutputStream()) {
            assertThat(request.read()).isPositive();
            answer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"data\":["
                    .getBytes(StandardCharsets.US_ASCII));
            for (long sent = 0; sent < 4 * HttpTransport.LARGEST_PAGE; sent += blanks.length) {
                answer.write(blanks);
            }
            throw new AssertionError("the client read on and on");
        } catch (SocketException closed) {
            return null;
        }
    }
}
