/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** As many calls may be under way as there are threads and connections: no bound of ours, or of a pool of Camel's, is in the way. */
class ManyCallsTest {

    private static final int CALLS = 1_100;

    /** Answers nobody before all have asked. */
    private static void serve(ServerSocket listening) throws IOException {
        List<Socket> all = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            all.add(listening.accept());
        }
        String body = "{\"clientid\":\"c1\"}";
        byte[] answer = ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                        + "\r\nconnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        for (Socket one : all) {
            try (one) {
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
                while (!request.readLine().isEmpty()) {
                    // nothing of it matters
                }
                one.getOutputStream().write(answer);
            }
        }
    }

    @Test
    void allAreUnderWayAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLS + 1);
        try (ServerSocket listening = new ServerSocket(0, CALLS, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = new DefaultCamelContext()) {
            EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                    .getConfiguration();
            connection.setApiUrl("http://127.0.0.1:" + listening.getLocalPort() + "/api/v5");
            connection.setAppId("key");
            connection.setAppSecret("word-that-is-secret");
            connection.setRequestsPerSecond(0);
            connection.setResponseTimeout(60_000);
            connection.setHttpOptions(Map.of("connectionsPerRoute", CALLS, "maxTotalConnections", CALLS));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:get").to("emqx-platform:clients?operation=get&clientId=c1&maxRetries=0");
                }
            });
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            Future<?> server = threads.submit(() -> {
                serve(listening);
                return null;
            });
            List<Future<Object>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(threads.submit(() -> template.requestBody("direct:get", (Object) null)));
            }
            for (Future<Object> call : calls) {
                assertThat(call.get(2, TimeUnit.MINUTES)).isEqualTo(Map.of("clientid", "c1"));
            }
            server.get(1, TimeUnit.MINUTES);
        } finally {
            threads.shutdownNow();
        }
    }
}
