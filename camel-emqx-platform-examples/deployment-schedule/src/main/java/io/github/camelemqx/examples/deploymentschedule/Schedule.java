/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.deploymentschedule;

import org.apache.camel.builder.RouteBuilder;

/** When the deployment runs, by the clock of a time zone. */
final class Schedule extends RouteBuilder {

    @Override
    public void configure() {
        from("quartz:deployment/start?cron={{schedule.start}}&trigger.timeZone={{schedule.zone}}&stateful=true")
                .routeId("start")
                .to("direct:start");

        from("quartz:deployment/stop?cron={{schedule.stop}}&trigger.timeZone={{schedule.zone}}&stateful=true")
                .routeId("stop")
                .to("direct:stop");
    }
}
