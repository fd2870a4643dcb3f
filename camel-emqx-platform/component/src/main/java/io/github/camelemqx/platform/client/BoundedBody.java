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
    private long count;

    BoundedBody(InputStream body, long bound) {
        super(body);
        this.bound = bound;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        counted(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        counted(Math.max(read, 0));
        return read;
    }

    private void counted(int more) throws TooLarge {
        count += more;
        if (count > bound) {
            throw new TooLarge(bound);
        }
    }
}
