/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.deploymentschedule;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;

/** What is reported, for whoever waits for it; an application of yours sends a mail here. */
final class Reports extends RouteBuilder {

    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

    @Override
    public void configure() {
        from("direct:report").routeId("report").process().body(String.class, reports::add);
    }

    /** The next one; null if there is none within half a minute. */
    String next() throws InterruptedException {
        return reports.poll(30, TimeUnit.SECONDS);
    }
}
