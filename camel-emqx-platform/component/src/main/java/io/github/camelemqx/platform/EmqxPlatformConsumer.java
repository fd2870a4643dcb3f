/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.Pace;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.health.WatchHealthCheck;
import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.meter.WatchMeters;
import io.github.camelemqx.platform.watch.PollReport;
import io.github.camelemqx.platform.watch.Watch;
import io.github.camelemqx.platform.watch.WatchEvent;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a watch and sends each event as an exchange. An event counts as delivered when its exchange completes without
 * an unhandled exception, wherever that happens; otherwise it comes again after the next poll.
 */
public class EmqxPlatformConsumer extends ScheduledBatchPollingConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(EmqxPlatformConsumer.class);

    /** Fields of a row that become headers, so that an event can go straight to a call. */
    private static final Map<String, String> IDENTITY = Map.of(
            "clientid", EmqxPlatformConstants.CLIENT_ID,
            "username", EmqxPlatformConstants.USERNAME,
            "node", EmqxPlatformConstants.NODE,
            "topic", EmqxPlatformConstants.TOPIC);

    private final Watchable watchable;
    private final Supplier<Watch> opening;
    private final PollFailureLog failureLog = new PollFailureLog(LOG);
    private volatile Watch watch;
    private volatile WatchMeters meters;
    /** Of this run: what a watch that goes on saw before its route was stopped says nothing of now. */
    private volatile PollReport lastPoll;

    private volatile Exception failure;

    /**
     * @param watchable how the resource is watched
     * @param opening the watch when the consumer starts, going on where it was
     */
    EmqxPlatformConsumer(
            EmqxPlatformEndpoint endpoint, Processor processor, Watchable watchable, Supplier<Watch> opening) {
        super(endpoint, processor);
        this.watchable = watchable;
        this.opening = opening;
        // before the endpoint's options: those that want another handler get it
        setExceptionHandler(failureLog);
    }

    @Override
    protected void doBuild() throws Exception {
        String uri = URISupport.sanitizeUri(getEndpoint().getEndpointUri());
        setHealthCheck(new WatchHealthCheck(route(), uri, this::status));
        super.doBuild();
    }

    @Override
    protected void doStart() throws Exception {
        getEndpoint().takeKey();
        watch = opening.get();
        lastPoll = null;
        failure = null;
        meters = WatchMeters.of(
                getEndpoint().getCamelContext(), route(), getEndpoint().getResource(), this::status);
        super.doStart();
        getEndpoint().getComponent().started(this);
        HealthCheckRegistry checks = HealthCheckRegistry.get(getEndpoint().getCamelContext());
        if (checks != null) {
            // by itself too: Camel's own check of consumers does not see one that another component leads
            checks.register(getHealthCheck());
        }
    }

    @Override
    protected void doStop() throws Exception {
        HealthCheckRegistry checks = HealthCheckRegistry.get(getEndpoint().getCamelContext());
        if (checks != null) {
            checks.unregister(getHealthCheck());
        }
        getEndpoint().getComponent().stopped(this);
        super.doStop();
        if (meters != null) {
            meters.close();
        }
        if (watch != null) {
            watch.end();
        }
    }

    /** The id of the route that this is in; in a cluster, of the one that another component leads. */
    private String route() {
        if (getRouteId() != null) {
            return getRouteId();
        }
        return getEndpoint().getCamelContext().getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof DelegateEndpoint leading
                        && leading.getEndpoint() == getEndpoint())
                .map(Route::getId)
                .findFirst()
                .orElseGet(getEndpoint()::getResource);
    }

    /** Logs its failed polls. */
    PollFailureLog failureLog() {
        return failureLog;
    }

    /** How the watch is now. */
    WatchStatus status() {
        Watch source = watch;
        PollReport poll = lastPoll;
        Exception now = failure;
        Pace.Waits waits = getEndpoint().deployment().waits();
        return new WatchStatus(
                route(),
                getEndpoint().getResource(),
                getEndpoint().getServiceUrl(),
                poll,
                now == null && poll != null ? poll.failure() : now,
                source == null ? 0 : source.size(),
                source == null ? 0 : source.pending(),
                waits.count(),
                waits.time());
    }

    @Override
    public EmqxPlatformEndpoint getEndpoint() {
        return (EmqxPlatformEndpoint) super.getEndpoint();
    }

    @Override
    protected int poll() throws Exception {
        try {
            return poll(watch);
        } catch (Exception e) {
            failure = e;
            throw e;
        }
    }

    private int poll(Watch source) throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        EmqxPlatformException incomplete = null;
        try {
            source.poll();
            forceConsumerAsReady();
        } catch (EmqxPlatformException e) {
            // what was seen before it failed is true, and what waits from earlier polls is due
            incomplete = e;
        } finally {
            source.lastReport().ifPresent(this::polled);
        }
        source.commit();
        // a route may take its time with what was seen: that it was seen is known now
        failure = null;
        int delivered = deliver(source);
        source.commit();
        if (incomplete != null) {
            throw incomplete;
        }
        failureLog.healed(getEndpoint());
        return delivered;
    }

    private void polled(PollReport report) {
        lastPoll = report;
        meters.polled(report);
    }

    private int deliver(Watch source) throws Exception {
        Iterator<WatchEvent> events = source.deliveries();
        int size = source.waiting();
        if (maxMessagesPerPoll > 0 && size > maxMessagesPerPoll) {
            LOG.debug("Delivering {} of {} events now, the rest after the next poll", maxMessagesPerPoll, size);
            size = maxMessagesPerPoll;
        }
        int index = 0;
        while (index < size && isBatchAllowed() && events.hasNext()) {
            WatchEvent event = events.next();
            pendingExchanges = size - index - 1;
            Exchange exchange = exchange(source, event);
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
            Queue<Object> one = new ArrayDeque<>();
            one.add(exchange);
            index += processBatch(one);
        }
        return index;
    }

    @Override
    public int processBatch(Queue<Object> exchanges) throws Exception {
        int count = exchanges.size();
        while (!exchanges.isEmpty()) {
            getAsyncProcessor().process((Exchange) exchanges.remove(), EmptyAsyncCallback.get());
        }
        return count;
    }

    private Exchange exchange(Watch source, WatchEvent event) {
        Exchange exchange = createExchange(true);
        Message message = exchange.getIn();
        message.setBody(event.body());
        message.setHeader(EmqxPlatformConstants.EVENT_TYPE, event.type());
        message.setHeader(EmqxPlatformConstants.RESOURCE, getEndpoint().getResource());
        message.setHeader(EmqxPlatformConstants.KEY, event.name());
        message.setHeader(EmqxPlatformConstants.EVENT_ID, event.id());
        message.setHeader(EmqxPlatformConstants.DETECTED_AT, event.detectedAt());
        IDENTITY.forEach((field, header) -> {
            Object value = event.fields().get(field);
            if (value != null) {
                message.setHeader(header, value);
            }
        });
        watchable.idOf(event.fields()).ifPresent(id -> message.setHeader(EmqxPlatformConstants.ID, id));
        exchange.getExchangeExtension().addOnCompletion(new Synchronization() {
            @Override
            public void onComplete(Exchange done) {
                source.delivered(event);
            }

            @Override
            public void onFailure(Exchange failed) {
                // the route's error handler has told the whole story already
                LOG.warn(
                        "Event {} of {} {} failed and will be delivered again after the next poll: {}",
                        event.type(),
                        getEndpoint().getResource(),
                        event.name(),
                        String.valueOf(failed.getException()));
                source.failed(event);
            }
        });
        return exchange;
    }
}
