/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.watch.FileStateStore;
import io.github.camelemqx.platform.watch.JdbcStateStore;
import io.github.camelemqx.platform.watch.StateStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.postgresql.ds.PGSimpleDataSource;

/** A process of its own that watches until it is killed; {@link KilledWatchTest} kills it. */
public final class KilledWatch {

    private KilledWatch() {}

    /**
     * Writes a line for each event at the end of a file.
     *
     * @param arguments address, id, secret, the state's file or the URL of its database, the file of events
     */
    public static void main(String[] arguments) throws Exception {
        ToldStory story = new ToldStory(Path.of(arguments[4]));
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("state", store(arguments[3]));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?emitInitial=true&delay=10&initialDelay=0&stateStore=#state&stateKey=killed&apiUrl="
                                + arguments[0] + "&appId=" + arguments[1] + "&appSecret=RAW(" + arguments[2] + ")")
                        // so that most of the time an event is under way
                        .delay(constant(4))
                        .process(story::tell);
            }
        });
        context.start();
        new CountDownLatch(1).await();
    }

    private static StateStore store(String place) {
        if (!place.startsWith("jdbc:")) {
            return new FileStateStore(place);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(place);
        return new JdbcStateStore(database);
    }
}
