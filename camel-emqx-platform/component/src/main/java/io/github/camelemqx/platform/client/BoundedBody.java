/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A body that may not be larger than a bound, whatever its headers say and however well it is packed. */
final class BoundedBody extends FilterInputStream {

    /** More came than is allowed. */
    static final class TooLarge extends IOException {
        TooLarge(long bound) {
            super("the answer is larger than " + bound + " bytes");
        }
    }

    /** Most answers are far smaller. */
    private static final long BELIEVED = 64 * 1024;

    private final long bound;
    /** Where it ends, negative where only the body knows. */
    private final long end;

    private long count;

    BoundedBody(InputStream body, long bound) {
        this(body, bound, -1);
    }

    /**
     * A body whose end is not read from its connection, which therefore is nobody else's before it is known whether the
     * answer makes sense; nor does closing it let go of the connection.
     *
     * @param length as announced, negative where it is not: then it is as any other
     */
    BoundedBody(InputStream body, long bound, long length) {
        super(body);
        this.bound = bound;
        this.end = length;
    }

    @Override
    public int read() throws IOException {
        if (count == end) {
            return -1;
        }
        int octet = super.read();
        counted(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (count == end && length > 0) {
            return -1;
        }
        int read = super.read(buffer, offset, length);
        counted(Math.max(read, 0));
        return read;
    }

    /** In an array of the size that was announced, unless it is one that nobody should believe before it is there. */
    @Override
    public byte[] readAllBytes() throws IOException {
        if (end < 0 || end > Math.min(bound, BELIEVED) || count > 0) {
            return super.readAllBytes();
        }
        byte[] all = new byte[(int) end];
        int filled = 0;
        for (int more = read(all, 0, all.length); more > 0; more = read(all, filled, all.length - filled)) {
            filled += more;
        }
        return filled == all.length ? all : Arrays.copyOf(all, filled);
    }

    @Override
    public void close() throws IOException {
        if (end < 0) {
            super.close();
        }
    }

    private void counted(int more) throws TooLarge {
        count += more;
        if (count > bound) {
            throw new TooLarge(bound);
        }
    }
}
