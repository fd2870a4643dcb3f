/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import io.github.camelemqx.platform.model.BulkOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** What becomes of a list of devices on its way through the routes, step by step; each takes the body, and gives the next one. */
public final class DeviceLists {

    /** So many lines at once: a process that dies forgets what became of no more. */
    static final int LINES = 100;

    /** The property for the number of the lines that were read at once, the first ones being 0. */
    static final String GROUP = "group";

    /** The property that says whether there are devices that may succeed another time. */
    static final String LATER = "later";

    /** The property for the devices while the body is what was asked of the broker. */
    static final String DEVICES = "devices";

    /** The device of a line that Bindy has read. */
    public Object ofLine(Exchange line) {
        return line.getMessage().getBody(DeviceLine.class).device(number(line));
    }

    /** The device of a line that could not be read. Not the reason that Bindy gives: it shows the line, and with it the password. */
    public Object ofOddLine(Exchange line) {
        return new Device(number(line), null, null, "not a line of device id and password");
    }

    /** Lines of the file are counted from 1, and the first one is none of those that are split. */
    private static long number(Exchange line) {
        return line.getProperty(GROUP, Long.class) * LINES + line.getProperty(Exchange.SPLIT_INDEX, Long.class) + 2;
    }

    /** The devices of rows of the table. */
    @SuppressWarnings("unchecked")
    public Object ofRows(Exchange exchange) {
        List<Map<String, Object>> rows = exchange.getMessage().getBody(List.class);
        return rows.stream()
                .map(row -> new Device(
                        ((Number) row.get("id")).longValue(),
                        (String) row.get("device_id"),
                        (String) row.get("password"),
                        null))
                .toList();
    }

    /** The users that they become, of those without a fault. */
    public Object users(Exchange exchange) {
        return devices(exchange).stream()
                .filter(device -> device.fault().isEmpty())
                .map(Device::user)
                .toList();
    }

    /** What became of each, in the order of the devices; the body is what the broker told of the users. */
    @SuppressWarnings("unchecked")
    public Object outcomes(Exchange exchange) {
        Iterator<?> told = exchange.getMessage().getBody(List.class).iterator();
        List<Outcome> outcomes = new ArrayList<>();
        for (Device device : devices(exchange)) {
            outcomes.add(device.fault()
                    .map(fault -> Outcome.refused(device, fault))
                    .orElseGet(() -> Outcome.of(device, BulkOutcome.of((Map<String, Object>) told.next()))));
        }
        return outcomes;
    }

    @SuppressWarnings("unchecked")
    private static List<Device> devices(Exchange exchange) {
        return exchange.getProperty(DEVICES, List.class);
    }

    /** The lines of a report. */
    @SuppressWarnings("unchecked")
    public Object report(Exchange exchange) {
        List<Outcome> outcomes = exchange.getMessage().getBody(List.class);
        exchange.setProperty(LATER, outcomes.stream().anyMatch(Outcome::isLater));
        return outcomes.stream().map(Outcome::line).collect(Collectors.joining());
    }

    /** The parameters of the statement that writes them back. */
    @SuppressWarnings("unchecked")
    public Object parameters(Exchange exchange) {
        List<Outcome> outcomes = exchange.getMessage().getBody(List.class);
        return outcomes.stream().map(Outcome::parameters).toList();
    }
}
