/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that opens tunnels for those who show a password, and remembers all that it could read. */
final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final String wanted;

    ConnectProxy(String user, String password) throws IOException {
        wanted = "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The heads of requests that were for the proxy. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (SocketException closed) {
            // no more
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String head = FaultyServer.head(socket.getInputStream());
            while (!head.isEmpty()) {
                heads.add(head);
                if (head.contains(wanted)) {
                    tunnel(socket, head.split(" ", 3)[1].split(":"));
                    return;
                }
                say(
                        socket,
                        "HTTP/1.1 407 Who Are You\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
                head = FaultyServer.head(socket.getInputStream());
            }
        } catch (IOException over) {
            // one side has ended it
        }
    }

    private void tunnel(Socket client, String[] target) throws IOException {
        try (Socket there = new Socket(target[0], Integer.parseInt(target[1]))) {
            say(client, "HTTP/1.1 200 Go On\r\n\r\n");
            threads.execute(() -> {
                try {
                    there.getInputStream().transferTo(client.getOutputStream());
                    client.close();
                } catch (IOException over) {
                    // one side has ended it
                }
            });
            client.getInputStream().transferTo(there.getOutputStream());
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
