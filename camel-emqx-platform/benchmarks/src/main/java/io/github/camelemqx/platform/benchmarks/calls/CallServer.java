/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import io.github.camelemqx.platform.benchmarks.RowFormat;
import io.github.camelemqx.platform.benchmarks.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers the measured calls from a process of its own, with answers that were made before: a thread for each connection that
 * looks for the end of a request and writes bytes. {@link RawCalls} shows how many it can do.
 */
public final class CallServer {

    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";

    private static final String BULK = "POST " + Call.API + "/publish/bulk ";
    private static final byte[] TOPIC = "\"topic\":".getBytes(StandardCharsets.US_ASCII);
    private static final String RECEIPT = "{\"id\":\"000650C2F7B4A1F0F4440000024D0000\"}";

    private final Map<Integer, byte[]> batches = new ConcurrentHashMap<>();
    private final Map<Call, byte[]> answers = new EnumMap<>(Call.class);
    private final Map<Call, String> lines = new EnumMap<>(Call.class);

    private final long delayNanos;

    private CallServer(Duration delay) {
        this.delayNanos = delay.toNanos();
        for (Call call : Call.values()) {
            answers.put(call, answer(call));
            // without the query, whose parameters camel-http puts in another order
            lines.put(call, line(call.method() + " " + Call.API + call.path().replaceFirst("\\?.*", "")));
        }
    }

    /**
     * Serves until whoever started it is gone; writes its port as a line.
     *
     * @param args how many milliseconds it takes for each answer; at once without
     */
    public static void main(String[] args) throws IOException {
        Duration delay = Duration.ofMillis(args.length == 0 ? 0 : Long.parseLong(args[0]));
        ServerProcess.serve(new CallServer(delay)::converse);
    }

    private void converse(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int filled = 0;
        while (true) {
            int end = end(buffer, filled);
            while (end < 0) {
                int read = in.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    return;
                }
                filled += read;
                end = end(buffer, filled);
            }
            String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
            int begin = end + END.length;
            int whole = begin + length(head);
            if (whole > buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * whole);
            }
            while (filled < whole) {
                int read = in.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    return;
                }
                filled += read;
            }
            if (delayNanos > 0) {
                LockSupport.parkNanos(delayNanos);
            }
            if (head.startsWith(BULK)) {
                out.write(bulk(messages(buffer, begin, whole)));
            } else {
                out.write(answers.get(called(head)));
            }
            System.arraycopy(buffer, whole, buffer, 0, filled - whole);
            filled -= whole;
        }
    }

    /** How many messages a batch has: each has a topic. */
    private static int messages(byte[] buffer, int from, int to) {
        int count = 0;
        for (int i = from; i <= to - TOPIC.length; i++) {
            if (buffer[i] == '"' && Arrays.equals(buffer, i, i + TOPIC.length, TOPIC, 0, TOPIC.length)) {
                count++;
            }
        }
        return count;
    }

    /** A receipt for each message of a batch (recording v5 94). */
    private byte[] bulk(int messages) {
        return batches.computeIfAbsent(
                messages, many -> answer(200, "[" + String.join(",", Collections.nCopies(many, RECEIPT)) + "]"));
    }

    /** Where the empty line behind the headers begins, or -1. */
    private static int end(byte[] buffer, int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i - 3;
            }
        }
        return -1;
    }

    private static int length(String head) {
        for (int line = head.indexOf('\n') + 1; line > 0; line = head.indexOf('\n', line) + 1) {
            if (head.regionMatches(true, line, LENGTH, 0, LENGTH.length())) {
                int end = head.indexOf('\r', line);
                return Integer.parseInt(head.substring(line + LENGTH.length(), end < 0 ? head.length() : end)
                        .strip());
            }
        }
        return 0;
    }

    /** Clients encode a colon or do not. */
    private static String line(String text) {
        return text.replace("%3A", ":");
    }

    private Call called(String head) throws IOException {
        String plain = line(head);
        for (Call call : Call.values()) {
            String line = lines.get(call);
            if (plain.startsWith(line) && " ?".indexOf(plain.charAt(line.length())) >= 0) {
                return call;
            }
        }
        throw new IOException(
                "No call is measured that begins with " + head.lines().findFirst());
    }

    /** The bytes of an answer. */
    static byte[] answer(Call call) {
        return answer(call.status(), body(call));
    }

    private static byte[] answer(int status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " OK\r\n"
                + (body.length == 0 ? "" : "content-type: application/json\r\ncontent-length: " + body.length + "\r\n")
                + "\r\n";
        byte[] headers = head.getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[headers.length + body.length];
        System.arraycopy(headers, 0, answer, 0, headers.length);
        System.arraycopy(body, 0, answer, headers.length, body.length);
        return answer;
    }

    /** As recorded (v5 35, 44, 61, 100); a client has whole rows. */
    private static String body(Call call) {
        return switch (call) {
            case GET -> {
                StringBuilder row = new StringBuilder();
                RowFormat.V5_WIDE.row(row, 0, 0);
                yield row.toString();
            }
            case KICK -> "";
            case CREATE_USER -> "{\"is_superuser\":false,\"user_id\":\"device-1\"}";
            case PUBLISH -> RECEIPT;
            case LIST -> RowFormat.V5_WIDE.page(1, 1000, new int[1000]);
        };
    }
}
