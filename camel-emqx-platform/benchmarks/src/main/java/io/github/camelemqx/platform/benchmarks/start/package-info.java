/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** What endpoints cost a context that starts with many of them. */
package io.github.camelemqx.platform.benchmarks.start;
