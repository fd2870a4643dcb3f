/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.util.List;

/**
 * A rule of who may do what; the same words for both generations.
 *
 * @param as whose rule it is: {@code clientid}, {@code username} or {@code all}
 * @param who the client id or the user name, empty for everybody
 * @param action {@code publish}, {@code subscribe} or {@code all}; v4 keeps two rules instead of one for {@code all}
 * @param topic the topic filter it is about
 * @param permission {@code allow} or {@code deny}
 * @param qos for which QoS, always all of them in v4
 * @param retain {@code all}, {@code true} or {@code false}, always {@code all} in v4
 */
public record AclRow(
        String as, String who, String action, String topic, String permission, List<Integer> qos, String retain) {

    /** Copies the list. */
    public AclRow {
        qos = List.copyOf(qos);
    }

    /** A rule for messages of every kind. */
    public AclRow(String as, String who, String action, String topic, String permission) {
        this(as, who, action, topic, permission, List.of(0, 1, 2), "all");
    }
}
