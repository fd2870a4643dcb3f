/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

/** Where watches keep what they have seen: the seam for stores that outlive the process. */
public interface StateStore {

    /**
     * The state of one watch.
     *
     * @param watch what distinguishes the watch from others in the same store; never secret
     */
    WatchState open(String watch);

    /** A store that ends with the process: after a restart the first poll begins anew. */
    static StateStore inMemory() {
        return watch -> new MemoryState();
    }
}
