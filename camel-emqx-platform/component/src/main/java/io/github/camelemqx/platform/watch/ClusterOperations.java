/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;

/**
 * What a watch calls to know how the cluster is.
 *
 * @param nodes lists the nodes
 * @param alarms lists the alarms
 */
public record ClusterOperations(Operation nodes, Operation alarms) {}
