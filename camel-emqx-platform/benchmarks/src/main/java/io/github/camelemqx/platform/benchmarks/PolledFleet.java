/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.classic.HttpClient;

/** A context with a route that looks at a fleet poll by poll, and counts the exchanges of its changes, as any route of a user. */
abstract class PolledFleet implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CamelContext context = new DefaultCamelContext();
    private final Plan plan;
    private final Set<String> keys = new HashSet<>();
    private int exchanges;
    private long firstExchange;
    private long lastExchange;
    private long cpu;

    /**
     * What came of a poll with changes, from the first exchange to the last as the route has them.
     *
     * @param seconds by the clock
     * @param cpuSeconds of the one thread, which others that want the processor do not add to
     */
    record Deliveries(int exchanges, double seconds, double cpuSeconds) {

        double perSecond() {
            return (exchanges - 1) / seconds;
        }

        double perCpuSecond() {
            return (exchanges - 1) / cpuSeconds;
        }
    }

    PolledFleet(Plan plan) {
        this.plan = plan;
    }

    /** Where the route goes. */
    final CamelContext context() {
        return context;
    }

    /** Polls once, deliveries included. */
    abstract void poll() throws Exception;

    /** The route is told of a change. */
    final void count(String type, String key) {
        lastExchange = System.nanoTime();
        if (exchanges == 0) {
            firstExchange = lastExchange;
            cpu = THREADS.getCurrentThreadCpuTime();
        }
        exchanges++;
        if (exchanges == plan.changes()) {
            cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        }
        if (!"reconnected".equals(type)) {
            throw new IllegalStateException("An event of type " + type + ", and clients have only connected again");
        }
        keys.add(key);
    }

    /** The HTTP client of camel-http, as the component has it. */
    final HttpClient httpClient() {
        return context.getEndpoint(plan.server() + "?httpClient.protocolUpgradeEnabled=false", HttpEndpoint.class)
                .getHttpClient();
    }

    /** Polls and expects to be told nothing. */
    final void pollInVain() throws Exception {
        exchanges = 0;
        poll();
        expect(0);
    }

    /** Lets clients connect again. */
    final void change() throws IOException {
        URI call = URI.create(plan.server() + FleetServer.RECONNECT + plan.changes());
        HttpURLConnection connection = (HttpURLConnection) call.toURL().openConnection();
        connection.setRequestMethod("POST");
        if (connection.getResponseCode() != 200) {
            throw new IOException("The server of the fleet answers " + connection.getResponseCode());
        }
        connection.getInputStream().close();
    }

    /** Polls and expects to be told of every client that has connected again, each once. */
    final Deliveries pollChanges() throws Exception {
        exchanges = 0;
        keys.clear();
        poll();
        expect(plan.changes());
        if (keys.size() != plan.changes()) {
            throw new IllegalStateException(plan.changes() + " clients changed, and " + keys.size() + " were told");
        }
        return new Deliveries(exchanges, (lastExchange - firstExchange) / 1e9, cpu / 1e9);
    }

    private void expect(int changes) {
        if (exchanges != changes) {
            throw new IllegalStateException(changes + " clients changed, and " + exchanges + " exchanges came");
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
