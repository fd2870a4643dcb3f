/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** What a careful person writes who watches clients without the component. */
package io.github.camelemqx.platform.benchmarks.naive;
