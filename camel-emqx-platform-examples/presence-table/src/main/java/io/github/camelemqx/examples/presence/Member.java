/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import io.github.camelemqx.platform.watch.JdbcStateStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.main.Main;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A member of the cluster: a process of its own, as many as you like. Those that see one folder take turns; members on different
 * machines want another of Camel's cluster services, of Kubernetes, ZooKeeper or Infinispan.
 */
public final class Member implements AutoCloseable {

    /** How often a member says that it lives; after five times that without a word another one leads. */
    private static final int HEARTBEAT_MILLIS = 400;

    private final Main camel = new Main();

    /**
     * @param settings the variables that {@link #main} names
     * @param routes tells camel-main where the routes are
     */
    Member(Map<String, String> settings, Consumer<Main> routes) throws Exception {
        camel.addInitialProperty("camel.component.emqx-platform.apiUrl", settings.get("EMQX_API_URL"));
        camel.addInitialProperty("camel.component.emqx-platform.appId", settings.get("EMQX_APP_ID"));
        camel.addInitialProperty("camel.component.emqx-platform.appSecret", settings.get("EMQX_APP_SECRET"));
        // an application of yours has a pool of connections
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(settings.get("PRESENCE_DATABASE"));
        camel.bind("database", database);
        camel.bind("state", new JdbcStateStore(database));
        camel.addInitialProperty("presence.member", settings.get("PRESENCE_MEMBER"));
        routes.accept(camel);
        camel.init();
        camel.getCamelContext().addService(turns(Path.of(settings.get("PRESENCE_CLUSTER"))));
    }

    private static FileLockClusterService turns(Path folder) {
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(folder.toString());
        cluster.setAcquireLockDelay(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        return cluster;
    }

    /**
     * Keeps the table while it leads, until it is ended. Reads EMQX_API_URL, EMQX_APP_ID, EMQX_APP_SECRET, PRESENCE_DATABASE (the JDBC
     * URL), PRESENCE_CLUSTER (the folder) and PRESENCE_MEMBER (its name).
     */
    public static void main(String[] args) throws Exception {
        try (Member member =
                new Member(System.getenv(), camel -> camel.configure().addRoutesBuilder(new PresenceRoutes()))) {
            member.start();
            new CountDownLatch(1).await();
        }
    }

    void start() {
        camel.start();
    }

    Main camel() {
        return camel;
    }

    @Override
    public void close() {
        camel.stop();
    }
}
