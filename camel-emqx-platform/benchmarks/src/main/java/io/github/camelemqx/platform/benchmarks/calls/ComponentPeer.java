/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConfiguration;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/** A route with the component, as README shows it. */
final class ComponentPeer extends RoutePeer {

    ComponentPeer(Call call, Target target) throws Exception {
        super(call, target);
    }

    @Override
    void configure(CamelContext context, Call call, Target target) throws Exception {
        EmqxPlatformComponent component = context.getComponent("emqx-platform", EmqxPlatformComponent.class);
        EmqxPlatformConfiguration connection = component.getConfiguration();
        connection.setApiUrl(target.apiUrl());
        connection.setAppId(target.appId());
        connection.setAppSecret(target.appSecret());
        connection.setRequestsPerSecond(0);
        // as patient as the others are
        connection.setResponseTimeout(Duration.ofMinutes(3).toMillis());
        connection.setHttpOptions(Map.of(
                "connectionsPerRoute", target.connections(),
                "maxTotalConnections", target.connections()));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(ENTRY).to(uri(call));
            }
        });
    }

    private static String uri(Call call) {
        return switch (call) {
            case GET -> "emqx-platform:clients?operation=get&clientId=" + Call.CLIENT;
            case KICK -> "emqx-platform:clients?operation=kick&clientId=" + Call.CLIENT;
            case CREATE_USER -> "emqx-platform:users?operation=create";
            case PUBLISH -> "emqx-platform:messages?operation=publish&topic=devices/1/set&param.qos=1";
            case LIST -> "emqx-platform:clients?operation=list&paging=page&pageSize=1000";
        };
    }

    @Override
    Object body(Call call) {
        // the payload of a message is its body
        return call == Call.PUBLISH ? call.body().get("payload") : call.body();
    }
}
