/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process of its own that streams a listing through a route; {@link SmallHeapTest} gives it little memory. */
public final class SmallHeap {

    private SmallHeap() {}

    /** Prints how many rows went through the route, and how much memory the process may have. */
    public static void main(String[] connection) throws Exception {
        AtomicLong rows = new AtomicLong();
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:all")
                        .to("emqx-platform:clients?operation=list&paging=stream&pageSize=1000&apiUrl=" + connection[0]
                                + "&appId=" + connection[1] + "&appSecret=RAW(" + connection[2] + ")")
                        .split(body())
                        .streaming()
                        .process(exchange -> {
                            if (exchange.getMessage().getBody(Map.class).containsKey("clientid")) {
                                rows.incrementAndGet();
                            }
                        });
            }
        });
        context.start();
        context.createProducerTemplate().sendBody("direct:all", null);
        context.stop();
        System.out.println(
                rows.get() + " rows in a heap of " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB");
    }
}
