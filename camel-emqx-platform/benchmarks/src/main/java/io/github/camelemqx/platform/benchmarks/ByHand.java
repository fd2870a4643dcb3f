/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceSupport;

/** Polls when it is told to, in the thread that tells it. */
public final class ByHand extends ServiceSupport implements ScheduledPollConsumerScheduler {

    private CamelContext context;
    private ScheduledPollConsumer consumer;
    private Runnable task;

    /** Polls once, deliveries included. */
    void poll() {
        if (!tryPoll()) {
            throw new IllegalStateException("A poll failed; the log says how");
        }
    }

    /**
     * Polls once, deliveries included.
     *
     * @return whether the poll did not fail
     */
    public boolean tryPoll() {
        task.run();
        return consumer.getErrorCounter() == 0;
    }

    @Override
    public void onInit(Consumer consumer) {
        this.consumer = (ScheduledPollConsumer) consumer;
    }

    @Override
    public void scheduleTask(Runnable task) {
        this.task = task;
    }

    @Override
    public void unscheduleTask() {
        task = null;
    }

    @Override
    public void startScheduler() {
        // by hand
    }

    @Override
    public boolean isSchedulerStarted() {
        return task != null;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }
}
