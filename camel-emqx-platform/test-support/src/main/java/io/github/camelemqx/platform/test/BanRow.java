/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.time.Instant;

/**
 * A ban.
 *
 * @param as what is banned: {@code clientid}, {@code username}, {@code peerhost} (v5 also {@code clientid_re} …)
 * @param at when it began, or null if what was sent is no time (a v4 broker takes anything)
 * @param until when it ends, or null for never, or if what was sent is no time
 */
public record BanRow(String as, String who, String by, String reason, Instant at, Instant until) {}
