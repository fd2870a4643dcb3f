/**
 * How a resource is watched: a poll reads the whole listing, what differs from the state becomes events, and the state
 * moves on when an event has been delivered. What is missing from a listing is not gone before a second look says so.
 */
package io.github.camelemqx.platform.watch;
