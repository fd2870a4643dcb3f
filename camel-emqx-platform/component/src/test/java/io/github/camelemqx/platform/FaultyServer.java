/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The only way to a deployment, on which anything may go wrong: it hands requests on and answers back, until a test says
 * what happens to them instead. What happens, happens on the socket.
 */
final class FaultyServer implements AutoCloseable {

    /** What happens to a connection. */
    interface Fault {

        /** Returns when the connection may serve the next request; throws, or returns after it ended it. */
        void befall(Conversation with) throws IOException;
    }

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** As it should be. */
    private static final Fault NONE = with -> with.answer(with.good());

    private final String behind;
    private final SSLContext tls;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Socket> waiting = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final int port;
    private volatile ServerSocket server;
    private volatile Future<?> accepting;
    private volatile Fault fault = NONE;
    private volatile boolean beforeTheRequest;
    private volatile boolean oneRequestEach;

    /**
     * @param behind the deployment, scheme, host and port
     * @param tls null to speak plain HTTP
     */
    FaultyServer(String behind, SSLContext tls) throws IOException {
        this.behind = behind;
        this.tls = tls;
        this.server = new ServerSocket(0, 50, HERE);
        this.port = server.getLocalPort();
        accept(server);
    }

    /** Scheme, host and port. */
    String origin() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** How many connections have been accepted. */
    int connections() {
        return connections.get();
    }

    /** Nobody keeps a connection from now on: what happens to connections happens to each request. */
    void oneRequestEach() {
        oneRequestEach = true;
    }

    /** From now on this happens to each request for clients. */
    void begin(Fault next) {
        begin(next, Integer.MAX_VALUE);
    }

    /** This happens to the next requests for clients, and to none after them. */
    void begin(Fault next, int times) {
        left.set(times);
        fault = next;
    }

    /** This happens to each connection, before anybody knows what is wanted of it. */
    void beginWithConnections(Fault next) {
        beforeTheRequest = true;
        begin(next);
    }

    /** Nobody listens. */
    void refuse() throws IOException {
        server.close();
        try {
            // as long as a thread is in it, the port is not free
            accepting.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
        endConnections();
    }

    /** Somebody listens, but does not accept, and has no room for more that wait. */
    void neverAccept() throws IOException {
        refuse();
        server = listen(1);
        try {
            while (true) {
                Socket one = new Socket();
                waiting.add(one);
                one.connect(new InetSocketAddress(HERE, port), 200);
            }
        } catch (SocketTimeoutException full) {
            // as it should be
        }
    }

    /** All is well again. */
    void heal() throws IOException {
        fault = NONE;
        beforeTheRequest = false;
        boolean listening = !server.isClosed() && waiting.isEmpty();
        if (!listening) {
            server.close();
            for (Socket one : waiting) {
                one.close();
            }
            waiting.clear();
            server = listen(50);
            accept(server);
        }
    }

    @Override
    public void close() throws IOException {
        heal();
        server.close();
        endConnections();
        threads.shutdownNow();
    }

    private ServerSocket listen(int backlog) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(HERE, port), backlog);
        return socket;
    }

    private void endConnections() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept(ServerSocket from) {
        accepting = threads.submit(() -> {
            try {
                while (true) {
                    Socket socket = from.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> serve(socket));
                }
            } catch (SocketException closed) {
                // no more
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void serve(Socket socket) {
        open.add(socket);
        try (socket) {
            if (beforeTheRequest) {
                fault.befall(new Conversation(socket, ""));
                return;
            }
            Socket speaking = tls == null ? socket : secured(socket);
            String request = head(speaking.getInputStream());
            while (!request.isEmpty()) {
                boolean befalls = request.contains("/clients") && left.getAndDecrement() > 0;
                (befalls ? fault : NONE).befall(new Conversation(speaking, request));
                request = oneRequestEach ? "" : head(speaking.getInputStream());
            }
        } catch (IOException over) {
            // the client, or the fault, has ended it
        } finally {
            open.remove(socket);
        }
    }

    private SSLSocket secured(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, port, true);
        secured.setUseClientMode(false);
        return secured;
    }

    /** The head of a request, which has no body; empty at the end. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    /** One connection, and the request that waits on it. */
    final class Conversation {

        private final Socket socket;
        private final String request;
        private int status = 200;

        private Conversation(Socket socket, String request) {
            this.socket = socket;
            this.request = request;
        }

        /** Whether the request is for something at that path. */
        boolean isFor(String path) {
            return request.contains(path);
        }

        /** What the deployment answers, whose status {@link #answer} gives. */
        String good() throws IOException {
            String[] words = request.split(" ", 3);
            HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(behind + words[1]));
            request.lines()
                    .filter(line -> line.startsWith("Authorization: "))
                    .forEach(line -> asked.header("Authorization", line.substring("Authorization: ".length())));
            try {
                HttpResponse<String> good = client.send(asked.build(), BodyHandlers.ofString());
                status = good.statusCode();
                return good.body();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        /** An answer as it should be, after which the connection goes on. */
        void answer(String body) throws IOException {
            answer(oneRequestEach ? "Connection: close\r\n" : "", body.getBytes(StandardCharsets.UTF_8));
        }

        /** The same with further headers, each with its end of line. */
        void answer(String headers, byte[] body) throws IOException {
            head(headers + "Content-Length: " + body.length + "\r\n");
            socket.getOutputStream().write(body);
        }

        /** The beginning of an answer, with further headers, each with its end of line. */
        void head(String headers) throws IOException {
            send("HTTP/1.1 " + status + " As It Is\r\nContent-Type: application/json\r\n" + headers + "\r\n");
        }

        /** Anything, as it is. */
        void send(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Waits until the client has had enough, or that time is over; says whether it has. */
        boolean hasHungUp(int withinMillis) throws IOException {
            socket.setSoTimeout(withinMillis);
            try {
                int octet = socket.getInputStream().read();
                while (octet >= 0) {
                    octet = socket.getInputStream().read();
                }
                return true;
            } catch (SocketTimeoutException stillThere) {
                return false;
            } finally {
                socket.setSoTimeout(0);
            }
        }

        /** Ends the connection as it is usual. */
        void hangUp() throws IOException {
            socket.close();
        }

        /** Ends the connection as a host does that knows nothing of it. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
