/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.Generation;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What camel-micrometer's registry counts of a watch, with the same route on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchMetersTest extends BothGenerations {

    private final PollOnDemand polls = new PollOnDemand();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whatPollsCameToIsCounted() throws Exception {
        emqx.connect("c1");
        watch();
        polls.poll();
        assertThat(meters.get("camel.emqx.platform.polls").timer().count()).isEqualTo(1);
        assertThat(gauge("rows")).isEqualTo(1);
        assertThat(counter("polls.failed")).isZero();
        double requests = counter("requests");
        assertThat(requests).isEqualTo(requestsSent());

        emqx.disconnect("c1");
        emqx.connect("c2");
        emqx.connect("c3");
        polls.poll();
        assertThat(meters.get("camel.emqx.platform.polls").timer().count()).isEqualTo(2);
        assertThat(meters.get("camel.emqx.platform.polls").timer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(gauge("rows")).isEqualTo(2);
        assertThat(gauge("candidates")).isZero();
        assertThat(gauge("events.pending")).isZero();
        assertThat(counter("confirmations")).isEqualTo(1);
        assertThat(counter("requests")).isEqualTo(requestsSent());
        assertThat(events("connected")).isEqualTo(2);
        assertThat(events("disconnected")).isEqualTo(1);
    }

    @Test
    void tagsAreFewAndNameNothingThatIsWatched() throws Exception {
        watch();
        polls.poll();
        emqx.connect("c1");
        polls.poll();
        assertThat(meters.getMeters())
                .filteredOn(meter -> meter.getId().getName().startsWith("camel.emqx.platform."))
                .hasSize(9)
                .allSatisfy(meter -> {
                    assertThat(meter.getId().getTag("resource")).isEqualTo("clients");
                    assertThat(meter.getId().getTag("routeId")).isEqualTo("presence");
                    assertThat(meter.getId().getTags())
                            .extracting(Tag::getKey)
                            .allMatch(Set.of("resource", "routeId", "type")::contains);
                });
    }

    @Test
    void waitingForATurnIsMeasured() throws Exception {
        watch("&requestsPerSecond=10");
        polls.poll();
        polls.poll();
        // one at once, the others after it
        assertThat(meters.get("camel.emqx.platform.rate.limit.waits")
                        .functionTimer()
                        .count())
                .isPositive();
        assertThat(meters.get("camel.emqx.platform.rate.limit.waits")
                        .functionTimer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isPositive();
    }

    @Test
    void failedPollsAreCountedToo() throws Exception {
        watch();
        emqx.close();
        polls.poll();
        assertThat(counter("polls.failed")).isEqualTo(1);
        assertThat(meters.get("camel.emqx.platform.polls").timer().count()).isEqualTo(1);
    }

    @Test
    void countersGoOnOverARestartAndGaugesEndWithTheRoute() throws Exception {
        watch();
        emqx.connect("c1");
        polls.poll();
        context.getRouteController().stopRoute("presence");
        assertThat(meters.find("camel.emqx.platform.rows").gauge()).isNull();
        context.getRouteController().startRoute("presence");
        polls.poll();
        assertThat(gauge("rows")).isEqualTo(1);
        assertThat(meters.get("camel.emqx.platform.polls").timer().count()).isEqualTo(2);
    }

    private int requestsSent() {
        // the question which generation it is comes first, once, and is not the watch's
        return (int) emqx.wireMock().getAllServeEvents().stream()
                .filter(event -> event.getRequest().getUrl().matches("/api/v[45]/(clients|nodes|alarms).*"))
                .count();
    }

    private double gauge(String name) {
        return meters.get("camel.emqx.platform." + name).gauge().value();
    }

    private double counter(String name) {
        return meters.get("camel.emqx.platform." + name).counter().count();
    }

    private double events(String type) {
        return meters.get("camel.emqx.platform.events")
                .tag("type", type)
                .counter()
                .count();
    }

    private void watch() throws Exception {
        watch("");
    }

    private void watch(String options) throws Exception {
        context.getRegistry().bind("polls", polls);
        context.getRegistry().bind("metricsRegistry", meters);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?scheduler=#polls" + options)
                        .routeId("presence")
                        .to("mock:events");
            }
        });
    }
}
