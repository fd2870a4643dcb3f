/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** Camel's developer console of the component. */
package io.github.camelemqx.platform.console;
