/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.test.EmqxSimulator;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * A simulated device that leaves just before it is kicked. No timetable hits that moment for certain; Camel's notice of
 * what it is about to send does.
 */
final class HastyDevice extends EventNotifierSupport {

    private final EmqxSimulator simulator;
    private final String clientId;
    private final Console console;

    HastyDevice(EmqxSimulator simulator, String clientId, Console console) {
        this.simulator = simulator;
        this.clientId = clientId;
        this.console = console;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeSendingEvent sending
                && sending.getEndpoint().getEndpointUri().endsWith("operation=kick")
                && clientId.equals(sending.getExchange().getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID));
    }

    @Override
    public void notify(CamelEvent event) {
        simulator.client(clientId).ifPresent(here -> {
            simulator.disconnect(clientId);
            console.event("x %s leaves just before it is kicked", clientId);
        });
    }
}
