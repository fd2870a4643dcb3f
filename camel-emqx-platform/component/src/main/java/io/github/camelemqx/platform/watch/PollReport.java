/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a poll came to, for whoever looks at a watch from outside. Nothing of it is secret.
 *
 * @param at when it began
 * @param duration how long it took, deliveries not counted
 * @param complete whether it saw everything; a poll that did not reports nothing gone
 * @param rows how many rows were listed, or numbers compared
 * @param events how many changes were found, by type
 * @param confirmations how many calls looked for missing rows a second time
 * @param requests how many calls were made, confirmations among them
 * @param candidates how many missing rows wait for a later poll, those on unreachable nodes among them
 * @param failure what went wrong, null for nothing; of a node that said nothing, if the others did
 */
public record PollReport(
        Instant at,
        Duration duration,
        boolean complete,
        long rows,
        Map<String, Integer> events,
        int confirmations,
        int requests,
        int candidates,
        EmqxPlatformException failure) {

    /** Keeps a copy. */
    public PollReport {
        events = Map.copyOf(events);
    }
}
