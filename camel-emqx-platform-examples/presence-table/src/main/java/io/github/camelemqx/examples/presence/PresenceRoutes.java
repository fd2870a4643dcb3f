/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import org.apache.camel.builder.RouteBuilder;

/**
 * Each change of a client becomes its row. One member of the cluster watches at a time; what it has seen and not yet written is in
 * the state store, so that the next one goes on from there.
 */
final class PresenceRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // the name that is written beside each row
        String member = getContext().resolvePropertyPlaceholders("{{presence.member}}");

        from("master:presence:emqx-platform:clients?emitInitial=true&initialDelay=0&delay={{clients.delay:500}}"
                        + "&stateStore=#state&stateKey=presence")
                .routeId("presence")
                .to("direct:presence-row");

        // an exchange that fails, because the database is away, is delivered again after the next poll
        from("direct:presence-row")
                .routeId("presence-row")
                .process(new ChangedRow(member))
                .to("sql:classpath:sql/upsert.sql?dataSource=#database");
    }
}
