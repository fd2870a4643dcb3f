/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

/**
 * What one process saw in one turn.
 *
 * @param callsPerSecond of all threads together
 * @param p50 the time that half of the calls took at most, in microseconds
 * @param p99 and 99 of 100
 * @param cpuMicros of the process, for each call
 * @param allocatedBytes for each call, of all threads
 */
record Turn(double callsPerSecond, double p50, double p99, double cpuMicros, double allocatedBytes) {}
