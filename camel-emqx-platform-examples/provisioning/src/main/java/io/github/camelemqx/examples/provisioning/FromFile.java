/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dataformat.bindy.csv.BindyCsvDataFormat;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/**
 * Each CSV file of a folder: the first line names the columns, every other one is a device. What becomes of each is a line of a
 * report with the file's name. A file stays where it is until all of it is done: after a restart, or while the broker is
 * down, it is read again from its beginning, which does no harm.
 */
final class FromFile extends RouteBuilder {

    /** So many lines at once: a process that dies forgets what became of no more. */
    private static final int LINES = 100;

    private static final String GROUP = "group";
    private static final String LATER = "later";

    @Override
    public void configure() {
        from("file:{{provisioning.inbox}}?include=.*[.]csv&move=.done&initialDelay=0&delay={{provisioning.delay}}")
                .routeId("file")
                .split()
                .tokenize("\n", LINES, true)
                .streaming()
                .stopOnException()
                .setProperty(GROUP, exchangeProperty(Exchange.SPLIT_INDEX))
                .to("direct:read-lines")
                .to("direct:create-users")
                .process(FromFile::report)
                .to("file:{{provisioning.reports}}?fileName=${file:name.noext}.report.csv&fileExist=Append")
                .filter(exchangeProperty(LATER))
                .throwException(new IllegalStateException("Some devices are left for later: the file is read again"))
                .end();

        from("direct:read-lines")
                .routeId("read-lines")
                .split(body().tokenize("\n"), new GroupedBodyAggregationStrategy())
                .doTry()
                .unmarshal(new BindyCsvDataFormat(DeviceLine.class))
                .setBody(line -> line.getMessage().getBody(DeviceLine.class).device(number(line)))
                .doCatch(Exception.class)
                // not the reason that Bindy gives: it shows the line, and with it the password
                .setBody(line -> new Device(number(line), null, null, "not a line of device id and password"))
                .end()
                .end();
    }

    /** Lines of the file are counted from 1, and the first one is none of those that are split. */
    private static long number(Exchange line) {
        return line.getProperty(GROUP, Long.class) * LINES + line.getProperty(Exchange.SPLIT_INDEX, Long.class) + 2;
    }

    @SuppressWarnings("unchecked")
    private static void report(Exchange exchange) {
        List<Outcome> outcomes = exchange.getMessage().getBody(List.class);
        exchange.setProperty(LATER, outcomes.stream().anyMatch(Outcome::isLater));
        exchange.getMessage().setBody(outcomes.stream().map(Outcome::line).collect(Collectors.joining()));
    }
}
