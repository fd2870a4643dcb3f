/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.meter;

import io.github.camelemqx.platform.watch.PollReport;

/** Nobody counts. */
final class NoMeters implements WatchMeters {

    @Override
    public void polled(PollReport report) {
        // nobody wants to know
    }

    @Override
    public void close() {
        // there is nothing to take away
    }
}
