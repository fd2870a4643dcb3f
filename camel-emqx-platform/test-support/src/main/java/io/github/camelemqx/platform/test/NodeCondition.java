/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

/** How a node of the cluster is: what the API of another node answers about it was recorded for each (clusters.md). */
public enum NodeCondition {
    /** Up, and known to the others as such. */
    RUNNING,
    /** About to be up, or restarting inside: for a moment the others reach it, and it has nothing to tell. */
    BOOTING,
    /** The seconds of a graceful stop: its clients are cut, its process still answers. */
    STOPPING,
    /** Stopped or killed: its clients and their sessions are gone. */
    STOPPED,
    /** It does not answer, and the others have not noticed: who asks it waits. */
    FROZEN,
    /** Still frozen, but the others have given it up after the net tick time. */
    DROPPED,
    /** Given up by the others, yet alive with its clients: the cluster is split. */
    CUT_OFF,
    /** It left the cluster and runs alone; the others can still ask it. */
    LEFT
}
