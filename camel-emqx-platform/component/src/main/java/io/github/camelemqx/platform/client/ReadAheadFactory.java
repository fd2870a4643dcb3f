/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** Makes a {@link ReadAheadParser} of a stream wherever that is possible, and otherwise the parser that Jackson makes. */
final class ReadAheadFactory extends JsonFactory {

    private static final long serialVersionUID = 1;

    /** So much of a text tells the encoding. */
    private static final int TELLING = 4;

    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
        byte[] buffer = context.allocReadIOBuffer();
        int end = begin(in, buffer);
        if (isAscii(buffer, end) && bounds(buffer.length)) {
            context.setEncoding(JsonEncoding.UTF8);
            return new ReadAheadParser(
                    context,
                    _parserFeatures,
                    in,
                    _objectCodec,
                    _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
                    buffer,
                    end);
        }
        InputStream begun = new ByteArrayInputStream(Arrays.copyOf(buffer, end));
        context.releaseReadIOBuffer(buffer);
        return super._createParser(new SequenceInputStream(begun, in), context);
    }

    private static int begin(InputStream in, byte[] buffer) throws IOException {
        int end = 0;
        while (end < TELLING) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                break;
            }
            end += read;
        }
        return end;
    }

    /** A text that begins so is UTF-8 without a mark: in any wider encoding one of the bytes would be zero. */
    private static boolean isAscii(byte[] buffer, int end) {
        for (int i = 0; i < TELLING; i++) {
            if (i >= end || buffer[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether what is read ahead, which nothing counts, is within the bounds all the same: somebody may have set lower ones. */
    private boolean bounds(int buffered) {
        StreamReadConstraints bounds = streamReadConstraints();
        return bounds.getMaxStringLength() >= buffered
                && bounds.getMaxNumberLength() >= ReadAheadParser.MOST_DIGITS
                && !bounds.hasMaxTokenCount();
    }
}
