/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.model.ResourceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Resources of the account watched: few calls are allowed, so that a poll too often is refused before it begins. */
class WatchAccountTest extends OnThePlatform {

    private final List<Message> events = new ArrayList<>();
    private final PollOnDemand polls = new PollOnDemand();

    @Test
    void deploymentsComeAndChange() throws Exception {
        watch("deployments");
        String second = platform.addDeployment("p1", "second", "pending").deploymentId();
        polls.poll();
        platform.setStatus(second, "running");
        polls.poll();
        polls.poll();
        assertThat(told()).containsExactly("created " + second, "updated " + second);
        assertThat(events).allSatisfy(event -> assertThat(event.getHeader(ID)).isEqualTo(second));
        assertThat(events.get(1).getBody(ResourceChange.class).after()).containsEntry("status", "running");
        assertThat(events.get(1).getBody(ResourceChange.class).before()).containsEntry("status", "pending");
    }

    @Test
    void deploymentsGo() throws Exception {
        watch("deployments");
        platform.reset();
        polls.poll();
        assertThat(told()).containsExactly("deleted " + id);
        assertThat(platform.requests())
                .extracting(request -> request.path().replaceFirst(".*/v1", ""))
                .containsExactly("/deployments", "/deployments/" + id);
    }

    @Test
    void aCertificateIsTheOneRowOfItsDeployment() throws Exception {
        watch("certificates?id=" + id);
        assertThat(told()).isEmpty();
        done("certificates?operation=create&id=" + id, Map.of("tlsType", "one-way", "cert", "c", "key", "k"));
        polls.poll();
        done(
                "certificates?operation=update&id=" + id,
                Map.of("tlsType", "two-way", "cert", "c", "key", "k", "cacert", "a"));
        polls.poll();
        int before = platform.requests().size();
        done("certificates?operation=delete&id=" + id);
        polls.poll();
        polls.poll();
        assertThat(told().get(0)).isEqualTo("created " + id);
        assertThat(told().get(told().size() - 1)).isEqualTo("deleted " + id);
        assertThat(told().subList(1, told().size() - 1)).isNotEmpty().allSatisfy(event -> assertThat(event)
                .isEqualTo("updated " + id));
        assertThat(events).allSatisfy(event -> assertThat(event.getHeader(ID)).isEqualTo(id));
        // the listing was by the id already: no second look
        assertThat(platform.requests()).hasSize(before + 3);
        assertThat(events.get(0).getBody(ResourceChange.class).after())
                .containsEntry("tlsType", "one-way")
                .doesNotContainKeys("key", "cert");
    }

    @Test
    void projectsComeAndGo() throws Exception {
        watch("projects");
        platform.addProject("p2", "second");
        polls.poll();
        platform.reset();
        platform.addProject("p2", "renamed");
        polls.poll();
        assertThat(told()).containsExactly("created p2", "updated p2", "deleted p1");
        assertThat(events.get(0).getHeader(ID)).isEqualTo("p2");
    }

    @Test
    void aDeploymentGoesStraightToACall() throws Exception {
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:deployments?events=created&scheduler=#polls")
                        .to("emqx-platform:deployments?operation=start");
            }
        });
        polls.poll();
        String second = platform.addDeployment("p1", "second", "stopped").deploymentId();
        polls.poll();
        assertThat(platform.deployment(second).orElseThrow().status()).isIn("starting", "running");
    }

    @Test
    void theUsualDelayFits() throws Exception {
        platform.enforceLimits(true);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String watched : List.of("deployments", "projects", "certificates?id=" + id)) {
                    from("emqx-platform:" + watched).to("mock:" + watched.replaceFirst("\\?.*", ""));
                }
            }
        });
        assertThat(context.getEndpoints())
                .filteredOn(EmqxPlatformEndpoint.class::isInstance)
                .hasSize(3)
                .allSatisfy(endpoint ->
                        assertThat(((EmqxPlatformEndpoint) endpoint).getDelay()).isEqualTo(120_000));
    }

    @Test
    void aDelayThatWouldUseUpTheLimitIsRefused() throws Exception {
        assertThat(refused("emqx-platform:deployments?delay=5000", "mock:x"))
                .contains(
                        "Option delay of 5000 ms is too short for deployments: 720 polls in 60 minutes with up to 1 call"
                                + " of deployments:list each, but the API allows 60 calls in 60 minutes. The smallest delay that"
                                + " fits is 60000");
        assertThat(refused("emqx-platform:projects?delay=60000", "mock:x"))
                .contains("up to 2 calls of projects:list", "The smallest delay that fits is 120000");
        assertThat(refused("emqx-platform:projects?delay=1&timeUnit=MINUTES", "mock:x"))
                .contains("Option delay of 60000 ms");
        assertThat(refused("emqx-platform:certificates?id=" + id + "&delay=59999", "mock:x"))
                .contains("The smallest delay that fits is 60000");
        assertThat(refused("emqx-platform:deployments?greedy=true", "mock:x")).contains("Option greedy");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:projects?delay=60000&confirmRemovals=false&initialDelay=60000")
                        .to("mock:x");
            }
        });
        assertThat(context.getRoutes()).hasSize(1);
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void whoseCertificateMustBeSaid() {
        assertThat(refused("emqx-platform:certificates", "mock:x"))
                .contains("Option id is missing: a watch of certificates cannot do without it");
    }

    private void watch(String uri) throws Exception {
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:" + uri + (uri.contains("?") ? "&" : "?") + "scheduler=#polls")
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls.poll();
        platform.wireMock().resetRequests();
    }

    private List<String> told() {
        return events.stream()
                .map(event -> event.getHeader(EVENT_TYPE) + " " + event.getHeader(KEY))
                .toList();
    }
}
