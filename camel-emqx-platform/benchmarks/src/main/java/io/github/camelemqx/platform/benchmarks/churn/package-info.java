/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** What a watch and the naive route tell of a cluster in which all sorts of things happen, beside what was true. */
package io.github.camelemqx.platform.benchmarks.churn;
