/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What some work took, each time it was done.
 *
 * @param seconds by the clock
 * @param cpuSeconds of all threads of the process, those of the garbage collector and the compiler among them
 * @param allocated bytes, by the thread that did the work
 */
record Cost(double seconds, double cpuSeconds, double allocated) {

    /** Something to be measured. */
    interface Work {
        void run() throws Exception;
    }

    /** Does work so many times. */
    static Cost of(int times, Work work) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long thread = Thread.currentThread().getId();
        long allocated = threads.getThreadAllocatedBytes(thread);
        long cpu = process.getProcessCpuTime();
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        long nanos = System.nanoTime() - begin;
        cpu = process.getProcessCpuTime() - cpu;
        allocated = threads.getThreadAllocatedBytes(thread) - allocated;
        return new Cost(nanos / 1e9 / times, cpu / 1e9 / times, (double) allocated / times);
    }
}
