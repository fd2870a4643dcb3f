/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The counters of one node; the names are the ones that a broker of the generation has. */
public final class Metrics {

    private final Map<String, Long> counters = new TreeMap<>();

    Metrics(Set<String> names) {
        names.forEach(name -> counters.put(name, 0L));
    }

    /**
     * Counts something.
     *
     * @throws IllegalArgumentException for a name that no broker of the generation has
     */
    public void count(String name, long increment) {
        if (counters.computeIfPresent(name, (known, value) -> value + increment) == null) {
            throw new IllegalArgumentException("No such metric: " + name + "; there are " + counters.keySet());
        }
    }

    void count(String... names) {
        for (String name : names) {
            count(name, 1);
        }
    }

    /** A copy of all values by name. */
    public Map<String, Long> values() {
        return new TreeMap<>(counters);
    }

    void reset() {
        counters.replaceAll((name, value) -> 0L);
    }
}
