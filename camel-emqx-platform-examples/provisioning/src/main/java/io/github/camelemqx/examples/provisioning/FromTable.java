/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import org.apache.camel.builder.RouteBuilder;

/**
 * Rows of a table whose status is {@code new} become users; what became of each is written back. A process that dies before it
 * has written finds them as they were, and the users there already: then they have {@code existed}.
 */
final class FromTable extends RouteBuilder {

    private final DeviceLists lists = new DeviceLists();

    @Override
    public void configure() {
        from("sql:select id, device_id, password from devices where status in ('new', 'later') order by status desc, id"
                        + "?dataSource=#devices&useIterator=false&template.maxRows=100&initialDelay=0&delay={{provisioning.delay}}")
                .routeId("table")
                .setBody(lists::ofRows)
                .to("direct:create-users")
                .setBody(lists::parameters)
                .to("sql:update devices set status = :#status, reason = :#reason where id = :#id"
                        + "?dataSource=#devices&batch=true");
    }
}
