/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.tour;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** The events that the watches told, as JSON. */
@Singleton
@Named("seen")
public class Seen {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    public void add(@ExchangeProperty("seen") String what, @Body String json) {
        events.add(what + " " + json);
    }

    /** The next one that begins so; others before it are passed over. */
    String await(String beginning) throws InterruptedException {
        for (String event = next(beginning); ; event = next(beginning)) {
            if (event.startsWith(beginning)) {
                return event;
            }
        }
    }

    private String next(String awaited) throws InterruptedException {
        String event = events.poll(30, TimeUnit.SECONDS);
        if (event == null) {
            throw new IllegalStateException("No event " + awaited);
        }
        return event;
    }
}
