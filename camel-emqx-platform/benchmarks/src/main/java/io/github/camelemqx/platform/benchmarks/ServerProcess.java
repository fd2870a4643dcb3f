/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A process that does nothing but serve connections from this machine, each in a thread of its own. */
public final class ServerProcess {

    /** As many may connect at once as any benchmark has callers. */
    private static final int BACKLOG = 5_000;

    /** What is done with a connection, until it or the other side has had enough. */
    public interface Conversation {
        void with(InputStream in, OutputStream out) throws IOException;
    }

    private interface Work {
        void run() throws IOException;
    }

    private ServerProcess() {}

    /** Serves until whoever started the process is gone; writes the port as a line. */
    public static void serve(Conversation conversation) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            daemon(() -> {
                try {
                    accept(listening, conversation);
                } catch (IOException e) {
                    if (!listening.isClosed()) {
                        // who is not accepted waits for ever: somebody has to read why
                        throw new UncheckedIOException(e);
                    }
                }
            });
            System.out.println(listening.getLocalPort());
            while (System.in.read() >= 0) {
                // nothing is said to us: the end of it is the end
            }
        }
    }

    private static void accept(ServerSocket listening, Conversation conversation) throws IOException {
        while (true) {
            Socket socket = listening.accept();
            daemon(() -> {
                try (socket) {
                    socket.setTcpNoDelay(true);
                    conversation.with(socket.getInputStream(), socket.getOutputStream());
                }
            });
        }
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // whoever was served is gone, or we are about to go
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
