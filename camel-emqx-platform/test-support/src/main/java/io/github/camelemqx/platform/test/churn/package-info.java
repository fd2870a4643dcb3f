/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** A cluster in which all sorts of things happen at random, and what was true while they did: for whoever judges what a watch tells. */
package io.github.camelemqx.platform.test.churn;
