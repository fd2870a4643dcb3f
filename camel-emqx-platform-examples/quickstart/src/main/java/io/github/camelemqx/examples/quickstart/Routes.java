/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.examples.quickstart.Settings.Deployment;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Duration;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.main.Main;

/** The Camel application: the component with its connection, and the routes. */
final class Routes implements AutoCloseable {

    /** What every key may do, and what costs least. */
    private static final String ANY_CALL = "emqx-platform:clients?operation=list&paging=page&pageSize=1";

    private final Main camel = new Main();
    private final Settings settings;
    private final Console console;
    private final Tally tally;

    Routes(Settings settings, Deployment deployment, Console console, Tally tally) {
        this.settings = settings;
        this.console = console;
        this.tally = tally;
        // an application of yours has these in its application.properties, the secret from the environment or a vault
        camel.addInitialProperty("camel.component.emqx-platform.apiUrl", deployment.apiUrl());
        camel.addInitialProperty("camel.component.emqx-platform.appId", deployment.appId());
        camel.addInitialProperty("camel.component.emqx-platform.appSecret", deployment.appSecret());
        camel.addInitialProperty("clients.delay", millis(Duration.ofMillis(500)));
        camel.addInitialProperty("metrics.delay", millis(Duration.ofSeconds(2)));
    }

    private String millis(Duration usual) {
        return String.valueOf(settings.scaled(usual).toMillis());
    }

    /** Makes something known to Camel before it starts. */
    void bind(String name, Object bean) {
        camel.bind(name, bean);
    }

    /**
     * Asks the deployment once, then starts the routes.
     *
     * @throws EmqxPlatformException when the deployment cannot be reached, or refuses the key
     * @throws IllegalArgumentException when the address is none
     */
    void start() throws Exception {
        camel.start();
        ask();
        camel.getCamelContext().addRoutes(new ClientWatch(console, tally));
        camel.getCamelContext().addRoutes(new MetricWatch(console, tally));
        if (settings.allowWrites()) {
            camel.getCamelContext().addRoutes(new FleetGuard(console, tally));
            camel.getCamelContext().addRoutes(new Provisioning(console, tally));
        } else {
            console.line("Fleet guard and provisioning are off: read-only. EMQX_ALLOW_WRITES=true switches them on.");
        }
    }

    private void ask() throws Exception {
        try {
            camel.getCamelTemplate().requestBody(ANY_CALL, null, Object.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof EmqxPlatformException failure) {
                throw failure;
            }
            throw e;
        } catch (ResolveEndpointFailedException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw e;
        }
    }

    /** Stops the routes; what is on its way is finished before. */
    @Override
    public void close() {
        camel.stop();
    }
}
