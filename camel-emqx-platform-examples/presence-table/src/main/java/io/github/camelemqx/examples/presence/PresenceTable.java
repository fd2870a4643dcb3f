/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Two processes keep one table of who is online. The one that leads is killed while devices come and go and a node of the broker dies;
 * the other goes on, and the table is right again.
 */
public final class PresenceTable {

    private static final String SECOND_NODE = "emqx@node2";
    private static final int SECONDS = 60;

    private final Generation generation;
    private final EmbeddedPostgres postgres;
    private final PrintStream out;
    /** What the table must say in the end: what became of each device. */
    private final Map<String, String> truth = new TreeMap<>();

    /** @param postgres with an empty table, or none */
    PresenceTable(Generation generation, EmbeddedPostgres postgres, PrintStream out) {
        this.generation = generation;
        this.postgres = postgres;
        this.out = out;
    }

    /** Runs it on the generation that EMQX_SIMULATOR names: {@code v5}, or {@code v4}. */
    public static void main(String[] args) throws Exception {
        String name = System.getenv().getOrDefault("EMQX_SIMULATOR", "v5");
        boolean right;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            right = new PresenceTable(Generation.valueOf(name.toUpperCase(Locale.ROOT)), postgres, System.out).run();
        }
        if (!right) {
            System.exit(1);
        }
    }

    /** Whether the table was right in the end. */
    boolean run() throws Exception {
        Table table = new Table(postgres.getPostgresDatabase());
        table.create();
        Path folder = Files.createTempDirectory("presence");
        try (EmqxSimulator emqx = EmqxSimulator.start(generation)) {
            emqx.addNode(SECOND_NODE);
            for (String device : List.of("gate-1", "pump-1", "truck-1", "truck-2")) {
                connect(emqx, device, null);
            }
            connect(emqx, "meter-1", SECOND_NODE);
            connect(emqx, "meter-2", SECOND_NODE);
            Map<String, String> settings = Map.of(
                    "EMQX_API_URL", emqx.apiUrl(),
                    "EMQX_APP_ID", emqx.appId(),
                    "EMQX_APP_SECRET", emqx.appSecret(),
                    "PRESENCE_DATABASE", postgres.getJdbcUrl("postgres", "postgres"),
                    "PRESENCE_CLUSTER", folder.resolve("cluster").toString());
            try (MemberProcess one = new MemberProcess("one", settings, folder);
                    MemberProcess two = new MemberProcess("two", settings, folder)) {
                if (!comesTrue(table, one, two)) {
                    out.println("The table is not what it should be; the members' logs are in " + folder);
                    return false;
                }
                table.print(out);
                String first = leader(table);
                MemberProcess leader = one.name().equals(first) ? one : two;
                leader.kill();
                out.printf(
                        "%nMember %s leads, and is killed. Now truck-1 leaves, pump-2 comes, %s dies.%n%n",
                        first, SECOND_NODE);
                disconnect(emqx, "truck-1");
                connect(emqx, "pump-2", null);
                emqx.killNode(SECOND_NODE);
                truth.put("meter-1", "unreachable");
                truth.put("meter-2", "unreachable");
                boolean right = comesTrue(table, one, two);
                table.print(out);
                boolean other = !leader(table).equals(first);
                out.printf("%nThe table is %s.%n", right && other ? "right" : "not what it should be");
                return right && other;
            }
        }
    }

    private void connect(EmqxSimulator emqx, String device, String node) {
        emqx.connect(ClientOptions.of(device)
                .username(device.replaceFirst("-.*", ""))
                .node(node));
        truth.put(device, "online");
    }

    private void disconnect(EmqxSimulator emqx, String device) {
        emqx.disconnect(device);
        truth.put(device, "offline");
    }

    /** Who wrote last. */
    private static String leader(Table table) throws SQLException {
        return table.rows().stream()
                .reduce((one, other) -> one.changed().isAfter(other.changed()) ? one : other)
                .orElseThrow()
                .toldBy();
    }

    /** Whether the table becomes what is true, within a minute, as long as there is somebody to keep it. */
    private boolean comesTrue(Table table, MemberProcess... members) throws Exception {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> looking =
                    looks.scheduleWithFixedDelay(() -> look(table, members, seen), 0, 100, TimeUnit.MILLISECONDS);
            return seen.whenComplete((right, failure) -> looking.cancel(false)).get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return false;
        } finally {
            looks.shutdownNow();
        }
    }

    private void look(Table table, MemberProcess[] members, CompletableFuture<Boolean> seen) {
        try {
            if (table.states().equals(truth)) {
                seen.complete(true);
            } else if (Stream.of(members).noneMatch(MemberProcess::isAlive)) {
                seen.complete(false);
            }
        } catch (SQLException | RuntimeException e) {
            seen.completeExceptionally(e);
        }
    }
}
