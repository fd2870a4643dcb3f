/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelemqx.platform.exception.EmqxProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"list", "get&clientId=c1"})
    void anAnswerWithoutEndIsAProtocolFailure(String operation) throws Exception {
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
                    .hasMessageContaining("the answer is larger than " + HttpTransport.LARGEST_ANSWER + " bytes");
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
            for (long sent = 0; sent < 4 * HttpTransport.LARGEST_ANSWER; sent += blanks.length) {
                answer.write(blanks);
            }
            throw new AssertionError("the client read on and on");
        } catch (SocketException closed) {
            return null;
        }
    }
}
