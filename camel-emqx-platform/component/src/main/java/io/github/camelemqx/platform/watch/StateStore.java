/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

/**
 * Where watches keep what they have seen: in memory, in a file ({@link FileStateStore}), in a database
 * ({@link JdbcStateStore}), or in what a bean of one's own implements. A store belongs to whoever made it: the
 * component never closes one.
 */
public interface StateStore {

    /**
     * The state of one watch, with all that was committed of it. A watch that goes on elsewhere, in another process too,
     * opens it again: what is opened shows what is stored then, whatever an earlier opening still has in memory.
     *
     * @param watch what distinguishes the watch from others in the same store (option {@code stateKey}); never secret
     * @throws StateStoreException when it cannot be read
     */
    WatchState open(String watch);

    /**
     * A store that keeps nothing: a watch is in memory as long as its route is there, also while that is stopped. After a
     * restart the first poll begins anew.
     */
    static StateStore inMemory() {
        return watch -> new MemoryState();
    }
}
