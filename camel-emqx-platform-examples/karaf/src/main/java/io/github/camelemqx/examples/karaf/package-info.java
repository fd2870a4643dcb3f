/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** Routes in a bundle, for Apache Karaf. */
package io.github.camelemqx.examples.karaf;
