/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.watch.JdbcStateStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;

/** A process of its own that watches while it leads a cluster, until it is killed; {@link WatchClusterTest} kills it. */
public final class ClusterMember {

    /** How often a member says that it lives; after five times that without a word others lead. */
    static final int HEARTBEAT_MILLIS = 200;

    private ClusterMember() {}

    /**
     * Writes a line for each event at the end of a file.
     *
     * @param arguments address, id, secret, the database's address, the folder of the lock, the file of events
     */
    public static void main(String[] arguments) throws Exception {
        CamelContext context = new DefaultCamelContext();
        join(context, Path.of(arguments[4]));
        EmqxPlatformComponent component = context.getComponent("emqx-platform", EmqxPlatformComponent.class);
        component.getConfiguration().setApiUrl(arguments[0]);
        component.getConfiguration().setAppId(arguments[1]);
        component.getConfiguration().setAppSecret(arguments[2]);
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(arguments[3]);
        context.getRegistry().bind("state", new JdbcStateStore(database));
        ToldStory story = new ToldStory(Path.of(arguments[5]));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:presence:emqx-platform:clients?emitInitial=true&delay=20&initialDelay=0&stateStore=#state&stateKey=presence")
                        .routeId("presence")
                        // so that most of the time an event is under way
                        .delay(constant(4))
                        .process(story::tell);
            }
        });
        context.start();
        System.out.println("started");
        new CountDownLatch(1).await();
    }

    /** Makes a context a member of a cluster whose members see one folder. */
    static void join(CamelContext context, Path folder) throws Exception {
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(folder.toString());
        cluster.setAcquireLockDelay(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
        context.addService(cluster);
    }
}
