/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that may not be larger than a bound, whatever its headers say and however well it is packed. */
final class BoundedBody extends FilterInputStream {

    /** More came than is allowed. */
    static final class TooLarge extends IOException {
        TooLarge(long bound) {
            super("the answer is larger than " + bound + " bytes");
        }
    }

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
