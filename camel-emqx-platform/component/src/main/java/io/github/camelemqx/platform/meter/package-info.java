/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** What polls of watches came to, in meters of those who have a registry for them. */
package io.github.camelemqx.platform.meter;
