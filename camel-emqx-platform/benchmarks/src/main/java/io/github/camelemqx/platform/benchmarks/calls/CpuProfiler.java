/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** The CPU of the whole process for each call: that of garbage collection, compilation and the threads of clients included. */
public final class CpuProfiler implements InternalProfiler {

    /** The name of the figure. */
    static final String NAME = "cpu";

    private long before;

    @Override
    public String getDescription() {
        return "CPU of the process for each operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = cpu();
    }

    @Override
    @SuppressWarnings("rawtypes") // so it is declared
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long spent = cpu() - before;
        long calls = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(NAME, calls == 0 ? 0 : (double) spent / calls, "ns/op", AggregationPolicy.AVG));
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
