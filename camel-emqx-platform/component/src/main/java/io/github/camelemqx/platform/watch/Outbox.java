/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Events that are seen and not yet delivered, in order for each key. A key with events here is not compared again until
 * they are delivered, so that no more than one change a key waits, and a route that keeps failing for one client holds
 * up no other. They wait in the state too: after a restart they are delivered first, even where all has changed back
 * since, because somebody may have received them already. Safe for many threads.
 */
final class Outbox {

    private final WatchState state;
    private final Consumer<WatchEvent> moveOn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<WatchEvent>> waiting = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private boolean closed;

    /**
     * @param state where events wait too, if it is durable
     * @param moveOn takes each event that is delivered, under the lock: whoever finds a key not held has what came of it
     */
    Outbox(WatchState state, Consumer<WatchEvent> moveOn) {
        this.state = state;
        this.moveOn = moveOn;
    }

    /**
     * Takes up the events that were not delivered when the watch ended.
     *
     * @param types that are wanted now; others count as delivered
     */
    void restore(Collection<String> types) {
        lock.lock();
        try {
            state.read(
                    Section.EVENTS,
                    (key, stored) -> waiting.put(key, new ArrayDeque<>(StoredEvents.read(key, stored))));
            for (String key : List.copyOf(waiting.keySet())) {
                if (waiting.get(key).stream().allMatch(event -> types.contains(event.type()))) {
                    continue;
                }
                Deque<WatchEvent> events = waiting.remove(key);
                while (!events.isEmpty() && !types.contains(events.element().type())) {
                    moveOn.accept(events.remove());
                }
                // what comes after one that nobody wants is seen again when those before it are delivered
                Deque<WatchEvent> wanted = new ArrayDeque<>();
                events.stream().takeWhile(event -> types.contains(event.type())).forEach(wanted::add);
                if (!wanted.isEmpty()) {
                    waiting.put(key, wanted);
                }
                note(key);
            }
        } finally {
            lock.unlock();
        }
    }

    void add(Collection<WatchEvent> events) {
        lock.lock();
        try {
            Set<String> keys = new LinkedHashSet<>();
            for (WatchEvent event : events) {
                waiting.computeIfAbsent(event.key(), key -> new ArrayDeque<>(1)).add(event);
                keys.add(event.key());
            }
            keys.forEach(this::note);
        } finally {
            lock.unlock();
        }
    }

    /** From now on the state belongs to somebody else, who delivers what waits: nothing moves it on from here. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            underWay.clear();
        } finally {
            lock.unlock();
        }
    }

    private void note(String key) {
        if (!state.durable()) {
            return;
        }
        Deque<WatchEvent> events = waiting.get(key);
        if (events == null) {
            state.remove(Section.EVENTS, key);
        } else {
            state.put(Section.EVENTS, key, StoredEvents.of(events));
        }
    }

    /** Whether an event of the key is still to be delivered. */
    boolean holds(String key) {
        lock.lock();
        try {
            return waiting.containsKey(key);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many events are not delivered yet. */
    int pending() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(Deque::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /** The keys of all events that are still to be delivered. */
    Set<String> keys() {
        lock.lock();
        try {
            return Set.copyOf(waiting.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** How many events can be delivered now: those of keys that have none under way. */
    int size() {
        lock.lock();
        try {
            return waiting.entrySet().stream()
                    .filter(events -> !underWay.contains(events.getKey()))
                    .mapToInt(events -> events.getValue().size())
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** A round of deliveries: every event that was waiting is given out at most once in it. */
    Round round() {
        lock.lock();
        try {
            return new Round(new ArrayDeque<>(waiting.keySet()));
        } finally {
            lock.unlock();
        }
    }

    /** The event is done: the state moves on. */
    void delivered(WatchEvent event) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            moveOn.accept(event);
            Deque<WatchEvent> events = waiting.get(event.key());
            events.remove();
            if (events.isEmpty()) {
                waiting.remove(event.key());
            }
            note(event.key());
            underWay.remove(event.key());
        } finally {
            lock.unlock();
        }
    }

    /** The event failed: it waits for the next round. */
    void failed(WatchEvent event) {
        lock.lock();
        try {
            underWay.remove(event.key());
        } finally {
            lock.unlock();
        }
    }

    /** One round of deliveries. */
    final class Round implements Iterator<WatchEvent> {

        private final Deque<String> keys;
        private WatchEvent last;
        private WatchEvent next;

        private Round(Deque<String> keys) {
            this.keys = keys;
        }

        @Override
        public boolean hasNext() {
            lock.lock();
            try {
                if (next == null) {
                    next = following().or(this::ofNextKey).orElse(null);
                }
                return next != null;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public WatchEvent next() {
            lock.lock();
            try {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                last = next;
                next = null;
                underWay.add(last.key());
                return last;
            } finally {
                lock.unlock();
            }
        }

        /** The next event of the same key, once the one before it is delivered. */
        private Optional<WatchEvent> following() {
            if (last == null || underWay.contains(last.key()) || !waiting.containsKey(last.key())) {
                return Optional.empty();
            }
            WatchEvent head = waiting.get(last.key()).element();
            return head.id().equals(last.id()) ? Optional.empty() : Optional.of(head);
        }

        private Optional<WatchEvent> ofNextKey() {
            while (!keys.isEmpty()) {
                String key = keys.remove();
                if (waiting.containsKey(key) && !underWay.contains(key)) {
                    return Optional.of(waiting.get(key).element());
                }
            }
            return Optional.empty();
        }
    }
}
