/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A watch with a store in a file, or in a PostgreSQL database, is killed at random moments, while clients come and go. What
 * it has told in all its lives must be one story that ends with what is true: nothing lost, nothing told twice but with the
 * same event id. The system property {@code kills} says how often it is killed with each store, on both generations together.
 */
class KilledWatchTest {

    private static final int KILLS = Integer.getInteger("kills", 6);
    private static final int CLIENTS = 40;

    @TempDir
    Path folder;

    private final Random random = new Random();
    private final ReentrantLock churning = new ReentrantLock();

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aFileLosesNothingAndWhatIsToldTwiceHasOneId(Generation generation) throws Exception {
        killed(generation, folder.resolve("state").toString());
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aDatabaseLosesNothingAndWhatIsToldTwiceHasOneId(Generation generation) throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            killed(generation, database.getJdbcUrl("postgres", "postgres"));
        }
    }

    private void killed(Generation generation, String store) throws Exception {
        ToldStory story = new ToldStory(folder.resolve("told"));
        ScheduledExecutorService churn = Executors.newSingleThreadScheduledExecutor();
        try (EmqxSimulator emqx = EmqxSimulator.start(generation)) {
            Future<?> coming = churn.scheduleWithFixedDelay(() -> churn(emqx), 0, 3, TimeUnit.MILLISECONDS);
            for (int kill = 0; kill < (KILLS + 1) / 2; kill++) {
                Process process = start(emqx, story, store);
                assertThat(process.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS))
                        .as("ended by itself: %s", Files.readString(folder.resolve("printed")))
                        .isFalse();
                process.destroyForcibly().waitFor();
                assertThat(coming).isNotDone();
            }
            Process last = start(emqx, story, store);
            churn.shutdown();
            assertThat(churn.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            try {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(story.ends()).isEqualTo(ToldStory.truth(emqx)));
            } finally {
                last.destroyForcibly().waitFor();
            }
            System.out.println(generation + " with " + (store.startsWith("jdbc:") ? "a database" : "a file") + ": "
                    + story.events().size() + " events in " + (KILLS + 1) / 2 + " lives and one, "
                    + story.lines().size() + " deliveries");
        } finally {
            churn.shutdownNow();
        }
    }

    private void churn(EmqxSimulator emqx) {
        churning.lock();
        try {
            String client = "c" + random.nextInt(CLIENTS);
            if (emqx.client(client).isPresent() && random.nextBoolean()) {
                emqx.disconnect(client);
            } else {
                emqx.connect(client);
            }
        } finally {
            churning.unlock();
        }
    }

    /** A watch that has begun to deliver. */
    private Process start(EmqxSimulator emqx, ToldStory story, String store) throws IOException {
        int before = story.lines().size();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWatch.class.getName(),
                        emqx.apiUrl(),
                        emqx.appId(),
                        emqx.appSecret(),
                        store,
                        story.file().toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !process.isAlive() || story.lines().size() > before);
        return process;
    }
}
