/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConfiguration;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process in which some callers publish messages as fast as one way of doing so lets them. */
public final class PublishedMessages {

    /** How messages are published. */
    enum Way {
        /** Each by a call of its own. */
        SINGLE,
        /** Collected by an aggregator, and as many as a call takes by one. */
        BATCH
    }

    private static final int CALLERS = 16;

    /** What a call takes. */
    private static final int BATCH = 1000;

    /** The most that are under way: whoever collects messages must not collect more than the memory takes. */
    private static final int UNDER_WAY = 64 * BATCH;

    private final Semaphore room = new Semaphore(UNDER_WAY);
    private final LongAdder published = new LongAdder();

    private PublishedMessages() {}

    /**
     * Measures, and writes the figures as a line of JSON.
     *
     * @param args the port of the server, the way, how many requests a second are allowed (0 for any number), for how many
     *     milliseconds it is warmed up, and measured
     */
    public static void main(String[] args) throws Exception {
        System.out.println(new ObjectMapper()
                .writeValueAsString(new PublishedMessages()
                        .figures(
                                Integer.parseInt(args[0]),
                                Way.valueOf(args[1]),
                                Integer.parseInt(args[2]),
                                Duration.ofMillis(Long.parseLong(args[3])),
                                Duration.ofMillis(Long.parseLong(args[4])))));
    }

    private Map<String, Object> figures(int port, Way way, int requestsPerSecond, Duration warmUp, Duration time)
            throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            connect(context, port, requestsPerSecond);
            context.addRoutes(way == Way.SINGLE ? single() : batched());
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            template.setDefaultEndpointUri("direct:publish");
            publish(template, callers, warmUp);
            published.reset();
            OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = process.getProcessCpuTime();
            long begin = System.nanoTime();
            publish(template, callers, time);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long messages = published.sum();
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("messagesPerSecond", messages / seconds);
            figures.put("cpuMicrosPerMessage", (process.getProcessCpuTime() - cpu) / 1e3 / messages);
            return figures;
        } finally {
            callers.shutdownNow();
        }
    }

    private static void connect(CamelContext context, int port, int requestsPerSecond) {
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setApiUrl("http://127.0.0.1:" + port + Call.API);
        connection.setAppId("key");
        connection.setAppSecret("word");
        connection.setRequestsPerSecond(requestsPerSecond);
        connection.setHttpOptions(Map.of("connectionsPerRoute", CALLERS));
    }

    private RouteBuilder single() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:publish")
                        .to("emqx-platform:messages?operation=publish&topic=devices/1/set&param.qos=1")
                        .process(done -> count(1));
            }
        };
    }

    private RouteBuilder batched() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:publish")
                        .setBody(message -> Map.of(
                                "topic",
                                "devices/1/set",
                                "qos",
                                1,
                                "payload",
                                message.getMessage().getBody()))
                        .aggregate(constant(true), AggregationStrategies.groupedBody())
                        .completionSize(BATCH)
                        .completionTimeout(100)
                        .to("emqx-platform:messages?operation=publish-bulk")
                        .process(done -> count(
                                done.getMessage().getBody(Collection.class).size()));
            }
        };
    }

    private void count(int messages) {
        published.add(messages);
        room.release(messages);
    }

    /** Returns when all that was sent is published. */
    private void publish(ProducerTemplate template, ExecutorService callers, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            running.add(callers.submit(() -> {
                while (System.nanoTime() < end) {
                    room.acquire();
                    template.sendBody("{\"on\":true}");
                }
                return null;
            }));
        }
        for (Future<?> caller : running) {
            caller.get();
        }
        if (!room.tryAcquire(UNDER_WAY, 1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Messages were not published; the log says why");
        }
        room.release(UNDER_WAY);
    }
}
