/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

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

    private final DeviceLists lists = new DeviceLists();

    @Override
    public void configure() {
        from("file:{{provisioning.inbox}}?include=.*[.]csv&move=.done&initialDelay=0&delay={{provisioning.delay}}")
                .routeId("file")
                .split()
                .tokenize("\n", DeviceLists.LINES, true)
                .streaming()
                .stopOnException()
                .setProperty(DeviceLists.GROUP, exchangeProperty(Exchange.SPLIT_INDEX))
                .to("direct:read-lines")
                .to("direct:create-users")
                .setBody(lists::report)
                .to("file:{{provisioning.reports}}?fileName=${file:name.noext}.report.csv&fileExist=Append")
                .filter(exchangeProperty(DeviceLists.LATER))
                .throwException(new IllegalStateException("Some devices are left for later: the file is read again"))
                .end();

        from("direct:read-lines")
                .routeId("read-lines")
                .split(body().tokenize("\n"), new GroupedBodyAggregationStrategy())
                .doTry()
                .unmarshal(new BindyCsvDataFormat(DeviceLine.class))
                .setBody(lists::ofLine)
                .doCatch(Exception.class)
                .setBody(lists::ofOddLine)
                .end()
                .end();
    }
}
