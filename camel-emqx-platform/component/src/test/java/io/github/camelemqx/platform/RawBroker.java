/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A server that keeps what it is sent as it came, byte for byte, and answers whatever a test says: no library of HTTP tidies
 * up in between.
 */
final class RawBroker implements Closeable {

    /**
     * What came: a byte a character, nothing decoded.
     *
     * @param line the first line
     * @param headers the lines after it
     * @param body empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // what came is read, never compared
    record Request(String line, List<String> headers, byte[] body) {

        String method() {
            return line.substring(0, line.indexOf(' '));
        }

        String target() {
            return line.replaceFirst("^\\S+ ", "").replaceFirst(" \\S+$", "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** What a client begins with that takes the server for another one. */
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket server;
    private final Function<Request, String> answers;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param answers whole, head and body; null to reset the connection */
    RawBroker(Function<Request, String> answers) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answers = answers;
        thread(this::accept);
    }

    /** An answer with its length. */
    static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static String json(String status, String body) {
        return answer(status, "Content-Type: application/json\r\n", body);
    }

    String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** What has come since the last time that somebody asked. */
    List<Request> taken() {
        List<Request> taken = new ArrayList<>();
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            taken.add(request);
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "raw-broker");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                thread(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                String answer = answers.apply(request);
                if (answer == null) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                if (!answer.contains("\r\nContent-Length: ")) {
                    // its end is the connection's
                    return;
                }
            }
        } catch (IOException over) {
            // the client went away
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(InputStream in) throws IOException {
        in.mark(1);
        boolean tls = in.read() == TLS_HANDSHAKE;
        in.reset();
        String line = tls ? null : line(in);
        if (line == null) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            headers.add(header);
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        return new Request(line, headers, chunked ? chunks(in) : in.readNBytes(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    /** Up to a line feed, which with what is before it must be a whole end of line. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return null;
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
