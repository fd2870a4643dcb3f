/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * The content of a file while it arrives: nothing of it is kept, also not by Camel's stream caching. Its connection is free again at its end or when it is
 * closed, whichever comes first; what is closed before its end is not read to it. For one thread at a time; any thread
 * may close it.
 */
public final class Download extends InputStream {

    /** The rest of the content did not come. */
    static final class BrokenOff extends IOException {
        BrokenOff(String message, IOException cause) {
            super(message, cause);
        }

        IOException reason() {
            return (IOException) getCause();
        }
    }

    private enum State {
        OPEN,
        ENDED,
        CLOSED
    }

    private final String operation;
    private final InputStream body;
    private final Deadline deadline;
    private final Cancellable exchange;
    private volatile State state = State.OPEN;
    private long count;

    /**
     * @param operation for failures
     * @param body bounded in size; frees the connection when it is closed at its end
     * @param deadline of the whole content
     * @param exchange frees the connection at once when it is cancelled
     */
    Download(String operation, InputStream body, Deadline deadline, Cancellable exchange) {
        this.operation = operation;
        this.body = body;
        this.deadline = deadline;
        this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads what has arrived.
     *
     * @throws IOException naming the operation: the content broke off, took too long or is too large; or this is closed
     */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (state == State.CLOSED) {
            throw new IOException(operation + ": the content is closed, by the end of its exchange or before");
        }
        if (state == State.ENDED) {
            return -1;
        }
        try {
            int read = body.read(buffer, offset, length);
            if (read < 0) {
                body.close();
                state = State.ENDED;
                deadline.met();
            }
            count += Math.max(read, 0);
            return read;
        } catch (IOException e) {
            close();
            String reason = deadline.passed() ? "not complete within " + deadline.millis() + " ms" : e.getMessage();
            throw new BrokenOff(operation + ": the content broke off after " + count + " bytes: " + reason, e);
        }
    }

    @Override
    public int available() throws IOException {
        return state == State.OPEN ? body.available() : 0;
    }

    /** Frees the connection; the rest of the content is not fetched. */
    @Override
    public void close() {
        deadline.met();
        if (state == State.OPEN) {
            exchange.cancel();
        }
        state = State.CLOSED;
    }
}
