/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import io.github.camelemqx.platform.test.DevicesInTurn;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Runs the application until it is ended: against the deployment of EMQX_API_URL, EMQX_APP_ID and EMQX_APP_SECRET, or, without
 * these, against a simulated one whose devices come and go.
 */
public final class Demo {

    private Demo() {}

    /** Runs it with the variables of the process. */
    public static void main(String[] args) {
        start(System.getenv(), args);
    }

    static ConfigurableApplicationContext start(Map<String, String> environment, String... args) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(PresenceApplication.class);
        if (!environment.containsKey("EMQX_API_URL")) {
            EmqxSimulator simulator =
                    EmqxSimulator.start("v4".equals(environment.get("EMQX_SIMULATOR")) ? Generation.V4 : Generation.V5);
            DevicesInTurn devices = new DevicesInTurn(simulator);
            application
                    .properties(
                            "EMQX_API_URL=" + simulator.apiUrl(),
                            "EMQX_APP_ID=" + simulator.appId(),
                            "EMQX_APP_SECRET=" + simulator.appSecret(),
                            "EMQX_ALLOW_WRITES=true")
                    .listeners((ApplicationListener<ContextClosedEvent>) closed -> {
                        simulator.close();
                        devices.close();
                    });
        }
        return application.run(args);
    }
}
