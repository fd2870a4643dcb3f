/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Codec;
import io.github.camelemqx.platform.catalog.TimeReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;

/** A field of the broker that somebody wants: which of the wanted ones it is, and how the vocabulary writes its values. */
final class WantedField implements RowScan.Field<FieldSink> {

    private static final byte[] UNDEFINED = "undefined".getBytes(StandardCharsets.US_ASCII);

    private final int field;
    private final Codec codec;
    private final ZoneId zone;
    private final TimeReader times;

    WantedField(int field, Codec codec, ZoneId zone, TimeReader times) {
        this.field = field;
        this.codec = codec;
        this.zone = zone;
        this.times = times;
    }

    @Override
    public void text(byte[] ascii, int offset, int length, FieldSink sink) {
        switch (codec) {
            case AS_IS -> sink.text(field, ascii, offset, length);
            case UNDEFINED_IS_NULL -> {
                if (Arrays.equals(ascii, offset, offset + length, UNDEFINED, 0, UNDEFINED.length)) {
                    sink.value(field, null);
                } else {
                    sink.text(field, ascii, offset, length);
                }
            }
            case TIME -> time(TimeReader.withOffset(ascii, offset, length), ascii, offset, length, sink);
            case LOCAL_TIME -> time(times.local(ascii, offset, length), ascii, offset, length, sink);
            case LOWER_CASE, EPOCH_SECONDS, EPOCH_MICROS, MICROSECONDS, EPOCH_MILLIS ->
                value(string(ascii, offset, length), sink);
        }
    }

    /** What the quick reader does not know may be a time all the same. */
    private void time(long millis, byte[] ascii, int offset, int length, FieldSink sink) {
        if (millis == TimeReader.NONE) {
            value(string(ascii, offset, length), sink);
        } else {
            sink.time(field, millis);
        }
    }

    private static String string(byte[] ascii, int offset, int length) {
        return new String(ascii, offset, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void number(long number, FieldSink sink) {
        switch (codec) {
            case AS_IS, UNDEFINED_IS_NULL, LOWER_CASE, TIME, LOCAL_TIME -> sink.number(field, number);
            case EPOCH_SECONDS, EPOCH_MICROS, MICROSECONDS, EPOCH_MILLIS -> value(boxed(number), sink);
        }
    }

    /** Of the type that a number of this size in JSON has. */
    private static Object boxed(long number) {
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }

    @Override
    public void value(Object value, FieldSink sink) {
        sink.value(field, codec.decode(value, zone));
    }
}
