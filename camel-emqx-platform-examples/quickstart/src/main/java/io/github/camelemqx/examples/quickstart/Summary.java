/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.github.camelemqx.platform.test.EmqxSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What happened in the simulator beside what the routes saw and did. */
record Summary(List<Line> lines) {

    /** One thing counted on both sides. */
    record Line(String what, long happened, long seen) {

        boolean addsUp() {
            return happened == seen;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "  %-36s %9d %9d%s", what, happened, seen, addsUp() ? "" : "  does not add up");
        }
    }

    /** Compares the two sides after the routes have stopped. */
    static Summary of(Devices devices, EmqxSimulator simulator, Tally tally) throws IOException {
        return new Summary(List.of(
                new Line("clients connected", devices.connected(), tally.of("connected")),
                new Line("clients reconnected", devices.reconnected(), tally.of("reconnected")),
                new Line("clients disconnected", devices.disconnected(), tally.of("disconnected")),
                new Line("connections, by the metric", devices.connections(), tally.of("client.connected")),
                new Line("messages, by the metric", devices.published(), tally.of("messages.received")),
                new Line("kicks that succeeded", kicks(simulator, 200, 299), tally.of("kicked")),
                new Line("kicks of clients that were offline", kicks(simulator, 404, 404), tally.of("offline")),
                new Line("bans", simulator.bans().size(), tally.of("banned")),
                new Line("users created", simulator.users().size(), tally.of("created")),
                new Line(
                        "CSV lines, handled errors included",
                        csvLines(),
                        tally.of("created") + tally.of("duplicate") + tally.of("invalid"))));
    }

    /** Kicks by the simulator's own journal. Generation 4 answers success for clients that are offline, too. */
    private static long kicks(EmqxSimulator simulator, int lowest, int highest) {
        return simulator.wireMock().getAllServeEvents().stream()
                .filter(call -> call.getRequest().getMethod().equals(RequestMethod.DELETE)
                        && call.getRequest().getUrl().contains("/clients/"))
                .mapToInt(kick -> kick.getResponse().getStatus())
                .filter(status -> status >= lowest && status <= highest)
                .count();
    }

    /** Without the line that names the columns. */
    private static long csvLines() throws IOException {
        try (InputStream csv = Summary.class.getResourceAsStream("/new-devices.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .count()
                    - 1;
        }
    }

    boolean addsUp() {
        return lines.stream().allMatch(Line::addsUp);
    }
}
