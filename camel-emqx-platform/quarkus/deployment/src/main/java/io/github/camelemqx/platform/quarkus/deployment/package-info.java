/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** What is done while a Quarkus application with the component is built. */
package io.github.camelemqx.platform.quarkus.deployment;
