/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** Who is online, as a Quarkus application. */
package io.github.camelemqx.examples.quarkus;
