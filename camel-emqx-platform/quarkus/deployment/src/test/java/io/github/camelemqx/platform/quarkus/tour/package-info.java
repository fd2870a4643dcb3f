/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** The application of the recorded run. */
package io.github.camelemqx.platform.quarkus.tour;
