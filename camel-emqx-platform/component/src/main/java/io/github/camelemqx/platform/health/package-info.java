/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** How watches are, for those who look at them from outside: Camel's health checks, consoles and meters. */
package io.github.camelemqx.platform.health;
