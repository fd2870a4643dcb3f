/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that share a database and take turns in watching: the one that leads is killed while clients come and go, and
 * another goes on. What all of them have told must be one story that ends with what is true.
 */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchClusterTest {

    private static final int CLIENTS = 40;

    /** What another member may take: the lease, a second until camel-master starts a route, and a busy machine. */
    private static final Duration TAKEOVER = Duration.ofSeconds(15);

    @Parameter
    Generation generation;

    @TempDir
    Path folder;

    private final Random random = new Random();
    private final List<Process> members = new ArrayList<>();
    private final ScheduledExecutorService churn = Executors.newSingleThreadScheduledExecutor();
    private EmqxSimulator emqx;
    private Server database;

    @BeforeEach
    void start() throws Exception {
        emqx = EmqxSimulator.start(generation);
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    }

    @AfterEach
    void stop() throws Exception {
        churn.shutdownNow();
        for (Process member : members) {
            member.destroyForcibly().waitFor();
        }
        database.stop();
        emqx.close();
    }

    @Test
    void anotherMemberGoesOnWhereTheOneThatWasKilledEnded() throws Exception {
        ToldStory story = new ToldStory(folder.resolve("told"));
        String url = "jdbc:h2:" + database.getURL() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        for (int i = 0; i < CLIENTS / 2; i++) {
            emqx.connect("c" + i);
        }
        member(url, story);
        member(url, story);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> started(0) && started(1) && !story.lines().isEmpty());
        Future<?> coming = churn.scheduleWithFixedDelay(this::churn, 0, 3, TimeUnit.MILLISECONDS);
        int before = story.lines().size();
        await().until(() -> story.lines().size() > before + 20);

        long leader = story.lastTeller();
        Process killed = members.get(members.get(0).pid() == leader ? 0 : 1);
        Process other = members.get(1 - members.indexOf(killed));
        killed.destroyForcibly().waitFor();
        int told = story.lines().size();
        await().atMost(TAKEOVER).until(() -> story.lines().size() > told);
        assertThat(coming).isNotDone();
        churn.shutdown();
        assertThat(churn.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(story.ends()).isEqualTo(ToldStory.truth(emqx)));
        assertThat(story.lastTeller()).isEqualTo(other.pid());
        System.out.println(generation + ": " + story.events().size() + " events of two members, "
                + story.lines().size() + " deliveries");
    }

    @Test
    void theWatchOfAMemberThatLeadsIsSeenUnderItsRoutesId() throws Exception {
        emqx.connect("c1");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            ClusterMember.join(context, folder);
            EmqxPlatformComponent component = new EmqxPlatformComponent(context);
            context.addComponent("emqx-platform", component);
            component.getConfiguration().setApiUrl(emqx.apiUrl());
            component.getConfiguration().setAppId(emqx.appId());
            component.getConfiguration().setAppSecret(emqx.appSecret());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("master:presence:emqx-platform:clients?delay=20&initialDelay=0")
                            .routeId("presence")
                            .to("mock:events");
                }
            });
            context.start();
            await().atMost(TAKEOVER).until(() -> HealthCheckHelper.invokeReadiness(context).stream()
                    .anyMatch(result -> result.getCheck().getId().equals("emqx-platform:presence")
                            && result.getState() == HealthCheck.State.UP));
            assertThat(component.watches()).extracting(WatchStatus::route).containsExactly("presence");
            context.getRouteController().stopRoute("presence");
            assertThat(HealthCheckRegistry.get(context).getCheck("emqx-platform:presence"))
                    .isEmpty();
            assertThat(component.watches()).isEmpty();
        }
    }

    private void churn() {
        String client = "c" + random.nextInt(CLIENTS);
        if (emqx.client(client).isPresent() && random.nextBoolean()) {
            emqx.disconnect(client);
        } else {
            emqx.connect(client);
        }
    }

    private void member(String url, ToldStory story) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterMember.class.getName(),
                        emqx.apiUrl(),
                        emqx.appId(),
                        emqx.appSecret(),
                        url,
                        folder.resolve("cluster").toString(),
                        story.file().toString()))
                .redirectErrorStream(true)
                .redirectOutput(printed(members.size()).toFile())
                .start();
        members.add(process);
    }

    private boolean started(int member) throws IOException {
        Path printed = printed(member);
        assertThat(members.get(member).isAlive())
                .as("ended by itself: %s", Files.readString(printed))
                .isTrue();
        return Files.readString(printed).contains("started");
    }

    private Path printed(int member) {
        return folder.resolve("printed-" + member);
    }
}
