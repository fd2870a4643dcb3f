/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a simulator simulates: one thread at a time reads or changes it. */
final class Guarded<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private T value;

    Guarded(T value) {
        this.value = value;
    }

    <R> R read(Function<T, R> reading) {
        lock.lock();
        try {
            return reading.apply(value);
        } finally {
            lock.unlock();
        }
    }

    void change(Consumer<T> changing) {
        read(present -> {
            changing.accept(present);
            return present;
        });
    }

    void replace(T other) {
        lock.lock();
        try {
            value = other;
        } finally {
            lock.unlock();
        }
    }
}
