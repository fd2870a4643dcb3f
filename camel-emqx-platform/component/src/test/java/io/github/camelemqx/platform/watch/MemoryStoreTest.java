/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

/** The store that ends with the process. */
class MemoryStoreTest extends StateStoreContract {

    private final StateStore store = StateStore.inMemory();

    @Override
    StateStore store() {
        return store;
    }
}
