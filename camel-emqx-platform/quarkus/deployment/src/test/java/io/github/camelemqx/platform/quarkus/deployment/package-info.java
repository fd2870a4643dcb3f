/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** What a native image would need, held to what a run was seen to need. */
package io.github.camelemqx.platform.quarkus.deployment;
