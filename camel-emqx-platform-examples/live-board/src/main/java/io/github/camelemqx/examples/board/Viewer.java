/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An open stream to one page. What its connection does not take waits here, up to a bound; then all of that is dropped, and the
 * state as it is follows as soon as the connection takes something again. Nobody waits for a viewer, and one that takes nothing
 * holds nothing, and is let go after a while.
 */
final class Viewer {

    /** Frames; more come at once when many clients connect between two polls. */
    static final int WAITING = 256;

    private final Context context;
    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final Duration patience;
    private final Consumer<Viewer> catchUp;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean behind;
    private long behindSince;

    /**
     * A viewer that has seen nothing yet.
     *
     * @param context of the event loop that serves the connection
     * @param patience how long it may take nothing at all
     * @param catchUp calls {@link #beginWith} when the connection takes something again
     */
    Viewer(
            Context context,
            HttpServerResponse response,
            HttpConnection connection,
            Duration patience,
            Consumer<Viewer> catchUp) {
        this.context = context;
        this.response = response;
        this.connection = connection;
        this.patience = patience;
        this.catchUp = catchUp;
        response.drainHandler(this::drain);
    }

    /** Takes a frame to be sent; false, and the connection is closed, if it has taken nothing for too long. */
    boolean offer(String frame) {
        lock.lock();
        try {
            if (behind && System.nanoTime() - behindSince > patience.toNanos()) {
                connection.close();
                return false;
            }
            if (!behind && waiting.size() == WAITING) {
                waiting.clear();
                behind = true;
                behindSince = System.nanoTime();
            }
            if (!behind) {
                waiting.add(frame);
            }
        } finally {
            lock.unlock();
        }
        context.runOnContext(this::drain);
        return true;
    }

    /** What is sent next, instead of all that waits. */
    void beginWith(String frame) {
        lock.lock();
        try {
            waiting.clear();
            waiting.add(frame);
            behind = false;
        } finally {
            lock.unlock();
        }
        context.runOnContext(this::drain);
    }

    /** Writes as much as the connection takes without keeping it. */
    private void drain(Void nothing) {
        while (!response.closed() && !response.writeQueueFull()) {
            if (isBehind()) {
                // not under the lock: the board has its own, and offers under that
                catchUp.accept(this);
            }
            String frame = next();
            if (frame == null) {
                return;
            }
            response.write(frame);
        }
    }

    private boolean isBehind() {
        lock.lock();
        try {
            return behind;
        } finally {
            lock.unlock();
        }
    }

    private String next() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }
}
