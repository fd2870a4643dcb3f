/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** One call at a time: the component beside what people would write instead. */
package io.github.camelemqx.platform.benchmarks.calls;
