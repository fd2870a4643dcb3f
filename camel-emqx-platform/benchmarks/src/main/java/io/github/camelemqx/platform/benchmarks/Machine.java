/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

/**
 * What was measured on.
 *
 * @param java its version
 * @param processors how many it may use
 * @param system its name and architecture; null where a file does not tell
 */
public record Machine(String java, int processors, String system) {

    /** This one. */
    public static Machine here() {
        return new Machine(
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
