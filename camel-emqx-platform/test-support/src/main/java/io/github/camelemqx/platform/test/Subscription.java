/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.time.Instant;

/**
 * A subscription of a client.
 *
 * @param topic the filter as the client sent it, with {@code $share/GROUP/} if it is shared
 * @param nl 1 if the client's own messages are not sent back to it (MQTT 5 "no local")
 * @param rap 1 if the retain flag is kept (MQTT 5 "retain as published")
 * @param rh 0, 1 or 2: when retained messages are sent (MQTT 5 "retain handling")
 * @param since when it was made
 */
public record Subscription(String topic, int qos, int nl, int rap, int rh, Instant since) {}
