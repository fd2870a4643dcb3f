/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;

/** What a route with camel-http and camel-jackson looks like when it is written with care. */
final class CamelHttpPeer extends RoutePeer {

    CamelHttpPeer(Call call, Target target) throws Exception {
        super(call, target);
    }

    @Override
    void configure(CamelContext context, Call call, Target target) throws Exception {
        String key = target.appId() + ":" + target.appSecret();
        String basic = "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from(ENTRY);
                if (call.body() != null) {
                    route.marshal().json(JsonLibrary.Jackson);
                    route.setHeader(Exchange.CONTENT_TYPE, constant("application/json"));
                }
                route.setHeader(Exchange.HTTP_METHOD, constant(call.method()))
                        .setHeader("Authorization", constant(basic))
                        .to(uri(call, target));
                if (call != Call.KICK) {
                    route.unmarshal().json(JsonLibrary.Jackson, Map.class);
                }
            }
        });
    }

    private static String uri(Call call, Target target) {
        return target.apiUrl() + call.path()
                + (call.path().contains("?") ? "&" : "?")
                + "connectionsPerRoute=" + target.connections() + "&maxTotalConnections=" + target.connections();
    }

    @Override
    Object body(Call call) {
        return call.body();
    }
}
