/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line between the component and a server that breaks now and then: connections that are closed at once, reset in the
 * middle of an answer, or go silent. What breaks is decided by chance for each connection and, on one that is kept, for each
 * answer.
 */
final class FaultyLine implements Closeable {

    /** One answer in that many does not arrive. */
    private final int oneIn;

    private final int target;
    private final ServerSocket entrance;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "faulty line"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();
    private final Random chance;
    private volatile boolean whole;

    /**
     * A line that never breaks.
     *
     * @param port of which somebody knows already, 0 for any
     */
    static FaultyLine whole(int port, int target) {
        return new FaultyLine(port, target, 0, 1, true);
    }

    FaultyLine(int target, long seed, int oneIn) {
        this(0, target, seed, oneIn, false);
    }

    /** Whole from its first connection on, if it is: who waits for the port is there as soon as it is open. */
    private FaultyLine(int port, int target, long seed, int oneIn, boolean whole) {
        this.whole = whole;
        this.target = target;
        this.oneIn = oneIn;
        this.chance = new Random(seed);
        try {
            this.entrance = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** How often it broke. */
    int faults() {
        return faults.get();
    }

    /** How many connections there are through it. */
    int connections() {
        return (int) open.stream()
                .filter(socket -> !socket.isClosed() && socket.getLocalPort() == port())
                .count();
    }

    /** No more faults from now on. */
    void repair() {
        whole = true;
    }

    private boolean breaks() {
        boolean now = !whole && chance.nextInt(oneIn) == 0;
        if (now) {
            faults.incrementAndGet();
        }
        return now;
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket near = entrance.accept();
                open.add(near);
                if (breaks()) {
                    drop(near);
                } else {
                    threads.execute(() -> join(near));
                }
            }
        } catch (SocketException closed) {
            // the line is taken down
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void join(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(far);
            threads.execute(() -> copy(near, far, false));
            copy(far, near, true);
        } catch (IOException refused) {
            drop(near);
        }
    }

    /** To the end of one side, and closes both. */
    private void copy(Socket from, Socket to, boolean answers) {
        byte[] piece = new byte[1 << 13];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (answers && breaks()) {
                    // the half of what there is, and then nothing more: a reset, or silence until the client has had
                    // enough
                    out.write(piece, 0, read / 2);
                    if (chance.nextBoolean()) {
                        drop(to);
                        return;
                    }
                    while (in.read(piece) >= 0) {
                        // swallowed by the line
                    }
                    return;
                }
                out.write(piece, 0, read);
                out.flush();
            }
        } catch (IOException broken) {
            // one side has gone: so does the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** With a reset, not in peace. */
    private static void drop(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
