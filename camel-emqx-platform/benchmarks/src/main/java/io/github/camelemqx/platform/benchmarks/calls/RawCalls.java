/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The ceiling of the server: bytes that are ready are written to a socket, and as many as the answer has are read from it. No client can
 * be quicker; the server is not what is measured where peers stay well below.
 */
@State(Scope.Thread)
public class RawCalls {

    /** The port of {@link CallServer}. */
    @Param("0")
    public int port;

    /** What is called. */
    @Param
    public Call call;

    private Socket socket;
    private byte[] request;
    private byte[] answer;

    /** Connects. */
    @Setup
    public void connect() throws IOException {
        request = (call.method() + " " + Call.API + call.path() + " HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        answer = new byte[CallServer.answer(call).length];
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
    }

    /** Makes the call. */
    @Benchmark
    public int call() throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        return socket.getInputStream().readNBytes(answer, 0, answer.length);
    }

    /** Leaves. */
    @TearDown
    public void disconnect() throws IOException {
        socket.close();
    }
}
