/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A process that measures one plan, writes the figures as one line of JSON, and ends. */
public final class MeasuredProcess {

    private MeasuredProcess() {}

    /**
     * Measures.
     *
     * @param args the words of the plan
     */
    public static void main(String[] args) throws Exception {
        Plan plan = Plan.of(args);
        System.out.println(new ObjectMapper()
                .writeValueAsString(Measurement.of(plan.subject()).of(plan)));
    }
}
