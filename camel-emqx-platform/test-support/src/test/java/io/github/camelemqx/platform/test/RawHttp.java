/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP over a bare socket: sends any path as it is, where a client library would refuse or mend it. */
final class RawHttp {

    /** An answer; the names of headers in lower case. */
    record Reply(int status, Map<String, String> headers, String text) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text);
        }
    }

    /** The connection was closed without an answer. */
    static final class NoAnswer extends IOException {

        private static final long serialVersionUID = 1;

        private NoAnswer() {
            super("closed without an answer");
        }
    }

    private RawHttp() {}

    static String basic(EmqxSimulator simulator) {
        String pair = simulator.appId() + ':' + simulator.appSecret();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** A call with the valid key; the path begins after the API's base. */
    static Reply call(EmqxSimulator simulator, String method, String path, String body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", basic(simulator));
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        String base = simulator.apiUrl().substring(simulator.baseUrl().length());
        return send(
                simulator, method, base + path, headers, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode get(EmqxSimulator simulator, String path) throws IOException {
        return call(simulator, "GET", path, null).json();
    }

    static Reply send(EmqxSimulator simulator, String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        StringBuilder head =
                new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), simulator.wireMock().port())) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes((head + "\r\n").getBytes(StandardCharsets.UTF_8));
            request.writeBytes(body == null ? new byte[0] : body);
            socket.getOutputStream().write(request.toByteArray());
            return reply(socket.getInputStream().readAllBytes());
        }
    }

    private static Reply reply(byte[] bytes) throws NoAnswer {
        if (bytes.length == 0) {
            throw new NoAnswer();
        }
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = latin.indexOf("\r\n\r\n");
        String[] lines = latin.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ?", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        String body = latin.substring(end + 4);
        String whole = "chunked".equals(headers.get("transfer-encoding")) ? unchunked(body) : body;
        return new Reply(
                Integer.parseInt(lines[0].split(" ", 3)[1]),
                headers,
                new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static String unchunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int line = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, line), 16);
            whole.append(body, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return whole.toString();
    }
}
