/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;

/** A process of its own, on a Java that has virtual threads; {@link VirtualThreadsTest} starts it. */
public final class OnVirtualThreads {

    private static final int CALLS = 500;

    private OnVirtualThreads() {}

    /**
     * Calls and watches, and prints on what kind of threads.
     *
     * @param arguments address, id, secret
     */
    public static void main(String[] arguments) throws Exception {
        String connection =
                "apiUrl=" + arguments[0] + "&appId=" + arguments[1] + "&appSecret=RAW(" + arguments[2] + ")";
        Set<String> kinds = ConcurrentHashMap.newKeySet();
        CamelContext context = new DefaultCamelContext();
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:calls?concurrentConsumers=20")
                            .to("emqx-platform:clients?operation=get&clientId=c1&requestsPerSecond=0&" + connection)
                            .process(exchange -> kinds.add("call " + kind()));
                    from("emqx-platform:clients?emitInitial=true&delay=20&initialDelay=0&requestsPerSecond=0&"
                                    + connection)
                            .process(exchange -> kinds.add("event " + kind()))
                            .to("mock:events");
                }
            });
            MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
            events.expectedMessageCount(1);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            List<CompletableFuture<Exchange>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(template.asyncSend("seda:calls?waitForTaskToComplete=Always&timeout=60000", exchange -> {}));
            }
            int good = 0;
            for (CompletableFuture<Exchange> call : calls) {
                good += call.get(60, TimeUnit.SECONDS).getException() == null ? 1 : 0;
            }
            events.assertIsSatisfied();
            kinds.stream().sorted().forEach(System.out::println);
            System.out.println(good + " calls");
        } finally {
            context.stop();
        }
    }

    /** Java 17, which compiles this, does not know the word. */
    private static String kind() throws ReflectiveOperationException {
        boolean isVirtual = (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
        return isVirtual ? "virtual" : "platform";
    }
}
