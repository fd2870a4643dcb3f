/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The JDK's client and Jackson's trees. */
final class JdkClientPeer implements Peer {

    private final ObjectMapper json = new ObjectMapper();
    private final Call call;
    private final URI uri;
    private final String basic;
    private final HttpClient client;

    JdkClientPeer(Call call, Target target) {
        this.call = call;
        this.uri = URI.create(target.apiUrl() + call.path());
        String key = target.appId() + ":" + target.appSecret();
        this.basic = "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        this.client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public JsonNode call() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Authorization", basic);
        if (call.body() == null) {
            request.method(call.method(), BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(call.method(), BodyPublishers.ofByteArray(json.writeValueAsBytes(call.body())));
        }
        // a stream that Jackson closes in front of its end would close the connection, too
        HttpResponse<byte[]> response = sent(request.build());
        if (response.statusCode() != call.status()) {
            throw new IOException("HTTP " + response.statusCode());
        }
        return call == Call.KICK ? null : json.readTree(response.body());
    }

    /**
     * Now and then, with the quickest answers and many threads, this client closes a connection that it has just taken out of its pool ("connection
     * closed locally"): who uses it sends such a request again.
     */
    private HttpResponse<byte[]> sent(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException closed) {
            try {
                return client.send(request, BodyHandlers.ofByteArray());
            } catch (IOException again) {
                again.addSuppressed(closed);
                throw again;
            }
        }
    }

    @Override
    public void close() {
        // the client of Java 17 has no end of its own: its threads are daemons that go with it
    }
}
