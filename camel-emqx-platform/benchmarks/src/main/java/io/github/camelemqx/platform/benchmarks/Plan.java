/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.net.URI;

/**
 * What one process is to measure.
 *
 * @param subject what
 * @param format how the broker writes rows
 * @param server where the fleet is listed
 * @param clients how many it has
 * @param pageSize how many of them a page has
 * @param changes how many of them connect again between two polls
 * @param rounds how often each is measured
 * @param warmUpSeconds how long each is done before it is measured
 */
record Plan(
        Subject subject,
        RowFormat format,
        URI server,
        int clients,
        int pageSize,
        int changes,
        int rounds,
        double warmUpSeconds) {

    /** What can be measured. */
    enum Subject {
        /** Polls, beside a bare parser of the same pages. */
        POLL,
        /** Polls of the route that one writes without the component, beside the same parser. */
        NAIVE_ROUTE,
        /** Polls that keep their state in a file. */
        FILE_STORE,
        /** Polls that keep their state in a database. */
        JDBC_STORE
    }

    /**
     * How many listings make one sample: a process's time is counted in hundredths of seconds. Nobody looks at figures
     * without a warm-up.
     */
    int listingsOfASample() {
        return warmUpSeconds == 0 ? 1 : Math.max(1, Math.min(100, 1_000_000 / clients));
    }

    /** As words for another process. */
    String[] words() {
        return new String[] {
            subject.name(),
            format.name(),
            server.toString(),
            String.valueOf(clients),
            String.valueOf(pageSize),
            String.valueOf(changes),
            String.valueOf(rounds),
            String.valueOf(warmUpSeconds)
        };
    }

    /** From the words of another process. */
    static Plan of(String[] words) {
        return new Plan(
                Subject.valueOf(words[0]),
                RowFormat.valueOf(words[1]),
                URI.create(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                Integer.parseInt(words[6]),
                Double.parseDouble(words[7]));
    }
}
