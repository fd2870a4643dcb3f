/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Apache HttpClient 5 and Jackson's trees. */
final class HttpClientPeer implements Peer {

    private final ObjectMapper json = new ObjectMapper();
    private final Call call;
    private final URI uri;
    private final String basic;
    private final CloseableHttpClient client;

    HttpClientPeer(Call call, Target target) {
        this.call = call;
        this.uri = URI.create(target.apiUrl() + call.path());
        String key = target.appId() + ":" + target.appSecret();
        this.basic = "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(target.connections())
                        .setMaxConnTotal(target.connections())
                        .build())
                .build();
    }

    @Override
    public JsonNode call() throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), uri);
        request.setHeader("Authorization", basic);
        if (call.body() != null) {
            request.setEntity(new ByteArrayEntity(json.writeValueAsBytes(call.body()), ContentType.APPLICATION_JSON));
        }
        return client.execute(request, response -> {
            if (response.getCode() != call.status()) {
                throw new IOException("HTTP " + response.getCode());
            }
            return response.getEntity() == null
                    ? null
                    : json.readTree(response.getEntity().getContent());
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
