/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

/**
 * How many connections to a deployment there are.
 *
 * @param inUse by calls that are under way, and by files and streams that nobody has read to their end or closed
 * @param idle kept for the next calls
 * @param waiting calls that wait for a connection: more than {@code http.connectionsPerRoute} allows are wanted
 */
public record Connections(int inUse, int idle, int waiting) {}
