/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.karaf;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConfiguration;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.model.Client;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Two routes around one deployment. Who connects and leaves is told under the MQTT topic {@code fleet/news}; who connects
 * under a name that begins with {@code test-} is kicked, and {@code fleet/kicked} tells from where that client came.
 * <p>A bean of the Blueprint file, which gives it the deployment's address and key.
 */
public final class FleetGuard extends RouteBuilder {

    private static final String NAME_THAT_IS_KICKED = "test-";
    private static final String KICKED = "kicked";

    private String apiUrl;
    private String appId;
    private String appSecret;

    /** The base of the deployment's API, such as {@code https://HOST:8443/api/v5}. */
    public void setApiUrl(String apiUrl) {
        this.apiUrl = apiUrl;
    }

    /** The id of the deployment's API key. */
    public void setAppId(String appId) {
        this.appId = appId;
    }

    /** The secret of the deployment's API key. */
    public void setAppSecret(String appSecret) {
        this.appSecret = appSecret;
    }

    /** Called by Blueprint, when all is set: the routes start when the context does. */
    public void install() throws Exception {
        getCamelContext().addRoutes(this);
    }

    @Override
    public void configure() {
        EmqxPlatformConfiguration deployment = getCamelContext()
                .getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        deployment.setApiUrl(apiUrl);
        deployment.setAppId(appId);
        deployment.setAppSecret(appSecret);

        // who is not to be found any more is gone: for that it was kicked
        onException(EmqxNotFoundException.class)
                .handled(true)
                .setBody(FleetGuard::farewell)
                .log("${body}")
                .to("emqx-platform:messages?operation=publish&topic=fleet/kicked");

        from("emqx-platform:clients?events=connected,disconnected&delay=1000")
                .routeId("news")
                .setBody(event -> header(event, EmqxPlatformConstants.EVENT_TYPE) + " " + clientId(event))
                .log("${body}")
                .to("emqx-platform:messages?operation=publish&topic=fleet/news");

        from("emqx-platform:clients?events=connected,reconnected&emitInitial=true&delay=1000")
                .routeId("guard")
                .filter(event -> clientId(event).startsWith(NAME_THAT_IS_KICKED))
                // whom to look at and to kick, the event's header CamelEmqxPlatformClientId says
                .to("emqx-platform:clients?operation=get")
                .convertBodyTo(Client.class)
                .setProperty(KICKED, body())
                .to("emqx-platform:clients?operation=kick")
                .to("emqx-platform:clients?operation=get")
                .log("${header.CamelEmqxPlatformClientId} is back already");
    }

    private static String farewell(Exchange event) {
        Client kicked = event.getProperty(KICKED, Client.class);
        return kicked == null
                ? clientId(event) + " left by itself"
                : kicked.clientId() + " from " + kicked.ipAddress() + " was kicked";
    }

    private static String clientId(Exchange event) {
        return header(event, EmqxPlatformConstants.CLIENT_ID);
    }

    private static String header(Exchange event, String name) {
        return event.getMessage().getHeader(name, String.class);
    }
}
