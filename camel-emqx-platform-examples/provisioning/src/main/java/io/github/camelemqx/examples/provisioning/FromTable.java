/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Rows of a table whose status is {@code new} become users; what became of each is written back. A process that dies before it
 * has written finds them as they were, and the users there already: then they have {@code existed}.
 */
final class FromTable extends RouteBuilder {

    @Override
    public void configure() {
        from("sql:select id, device_id, password from devices where status in ('new', 'later') order by status desc, id"
                        + "?dataSource=#devices&useIterator=false&template.maxRows=100&initialDelay=0&delay={{provisioning.delay}}")
                .routeId("table")
                .setBody(FromTable::devices)
                .to("direct:create-users")
                .setBody(FromTable::parameters)
                .to("sql:update devices set status = :#status, reason = :#reason where id = :#id"
                        + "?dataSource=#devices&batch=true");
    }

    @SuppressWarnings("unchecked")
    private static Object devices(Exchange exchange) {
        List<Map<String, Object>> rows = exchange.getMessage().getBody(List.class);
        return rows.stream()
                .map(row -> new Device(
                        ((Number) row.get("id")).longValue(),
                        (String) row.get("device_id"),
                        (String) row.get("password"),
                        null))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Object parameters(Exchange exchange) {
        List<Outcome> outcomes = exchange.getMessage().getBody(List.class);
        return outcomes.stream().map(Outcome::parameters).toList();
    }
}
