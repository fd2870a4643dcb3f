/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;

/** Polls when a test says so, in the thread of the test, and never else. For one route. */
final class PollOnDemand extends ServiceSupport implements ScheduledPollConsumerScheduler {

    private CamelContext context;
    private Runnable task;

    /** One poll; its events have gone through the route when this returns, unless the route hands them to other threads. */
    void poll() {
        task.run();
    }

    @Override
    public void onInit(Consumer consumer) {
        // needs nothing of it
    }

    @Override
    public void scheduleTask(Runnable polling) {
        task = polling;
    }

    @Override
    public void unscheduleTask() {
        // polls only on demand
    }

    @Override
    public void startScheduler() {
        // polls only on demand
    }

    @Override
    public boolean isSchedulerStarted() {
        return true;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }
}
