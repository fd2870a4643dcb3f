/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.watch.FileStateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process of its own that watches until it is killed; {@link KilledWatchTest} kills it. */
public final class KilledWatch {

    private KilledWatch() {}

    /**
     * Writes a line for each event at the end of a file.
     *
     * @param arguments address, id, secret, the state's file, the file of events
     */
    public static void main(String[] arguments) throws Exception {
        Path told = Path.of(arguments[4]);
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("state", new FileStateStore(arguments[3]));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?emitInitial=true&delay=10&initialDelay=0&stateStore=#state&stateKey=killed&apiUrl="
                                + arguments[0] + "&appId=" + arguments[1] + "&appSecret=RAW(" + arguments[2] + ")")
                        // so that most of the time an event is under way
                        .delay(constant(4))
                        .process(exchange -> {
                            ResourceChange change = exchange.getMessage().getBody(ResourceChange.class);
                            append(
                                    told,
                                    exchange.getMessage().getHeader(EmqxPlatformConstants.EVENT_ID) + " "
                                            + change.type() + " " + change.key() + " "
                                            + connection(change.before()) + " " + connection(change.after()));
                        });
            }
        });
        context.start();
        new CountDownLatch(1).await();
    }

    /** What tells one connection of a client from another; times are whole seconds on generation 4. */
    private static String connection(Map<String, Object> row) {
        return row == null ? "none" : String.valueOf(row.get("port"));
    }

    /** One write at the end of a file is there as a whole when the process dies after it. */
    private static void append(Path file, String line) throws IOException {
        Files.write(
                file,
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
