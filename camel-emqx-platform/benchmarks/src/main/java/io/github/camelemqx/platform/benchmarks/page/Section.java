/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import io.github.camelemqx.platform.benchmarks.Results;

/** What the page tells of one file of results. */
interface Section {

    /** The section for a file. */
    static Section of(String name) {
        return switch (name) {
            case "watch-scale" -> new ScaleSection();
            case "calls" -> new CallsSection();
            default -> new FlatSection();
        };
    }

    /** Adds it to the page. */
    void tell(Results results, Page page);
}
