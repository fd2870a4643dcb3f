/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** What traces tell of calls and events, where camel-telemetry is (camel-opentelemetry2). */
package io.github.camelemqx.platform.trace;
