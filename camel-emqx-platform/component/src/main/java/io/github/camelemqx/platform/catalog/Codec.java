/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How a generation writes a value that the one vocabulary writes otherwise. A value that does not have the expected
 * form is passed on as it came: a newer broker must not break a route.
 */
public enum Codec {
    /** The same on both sides. */
    AS_IS {
        @Override
        public Object decode(Object value, ZoneId zone) {
            return value;
        }

        @Override
        public Object encode(Object value) {
            return value;
        }
    },
    /** Generation 4 writes the text "undefined" where there is nothing (recording v4 43). */
    UNDEFINED_IS_NULL {
        @Override
        public Object decode(Object value, ZoneId zone) {
            return "undefined".equals(value) ? null : value;
        }

        @Override
        public Object encode(Object value) {
            return value;
        }
    },
    /** Generation 4 writes states with a capital (recording v4 19). */
    LOWER_CASE {
        @Override
        public Object decode(Object value, ZoneId zone) {
            return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
        }

        @Override
        public Object encode(Object value) {
            return value;
        }
    },
    /** RFC 3339 with an offset (recording v5 35). */
    TIME {
        @Override
        public Object decode(Object value, ZoneId zone) {
            return value instanceof String text ? instant(text, zone) : value;
        }

        @Override
        public Object encode(Object value) {
            return value;
        }

        private Object instant(String text, ZoneId zone) {
            byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
            long millis = TimeReader.withOffset(ascii, 0, ascii.length);
            if (millis != TimeReader.NONE) {
                return text.endsWith(UTC)
                        ? withZ(text, millis)
                        : Instant.ofEpochMilli(millis).toString();
            }
            try {
                return OffsetDateTime.parse(text).toInstant().toString();
            } catch (DateTimeParseException notATime) {
                return AS_IS.decode(text, zone);
            }
        }

        /** The same characters as {@link Instant#toString()} has for it, but for what stands behind the fraction. */
        private String withZ(String text, long millis) {
            int end = millis % 1000 == 0 ? TO_SECONDS : TO_MILLIS;
            return text.substring(0, end).concat("Z");
        }
    },
    /** Broker-local time without a zone, in seconds (recording v4 43). */
    LOCAL_TIME {
        @Override
        public Object decode(Object value, ZoneId zone) {
            if (!(value instanceof String text)) {
                return value;
            }
            try {
                return LocalDateTime.parse(text, LOCAL).atZone(zone).toInstant().toString();
            } catch (DateTimeParseException notATime) {
                return UNDEFINED_IS_NULL.decode(text, zone);
            }
        }

        @Override
        public Object encode(Object value) {
            throw new UnsupportedOperationException("No call sends a broker-local time");
        }
    },
    /** Seconds since 1970 (recordings v4 64, 157); for ever is {@code null} (recording v4 170). */
    EPOCH_SECONDS {
        @Override
        public Object decode(Object value, ZoneId zone) {
            // what was never set is null (recording v4 170), or undefined in the record of a key
            if (value == null || "undefined".equals(value)) {
                return INFINITY;
            }
            return value instanceof Number seconds && isTime(seconds.longValue())
                    ? Instant.ofEpochSecond(seconds.longValue()).toString()
                    : value;
        }

        private boolean isTime(long seconds) {
            return seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond();
        }

        @Override
        public Object encode(Object value) {
            return INFINITY.equals(value) ? null : Instant.parse((String) value).getEpochSecond();
        }
    },
    /** Microseconds since 1970; what has not happened is the text "infinity" (recording v4 457). */
    EPOCH_MICROS {
        @Override
        public Object decode(Object value, ZoneId zone) {
            if (INFINITY.equals(value)) {
                return null;
            }
            return value instanceof Number micros
                    ? Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS).toString()
                    : value;
        }

        @Override
        public Object encode(Object value) {
            throw new UnsupportedOperationException("No call sends microseconds");
        }
    },
    /** A duration that the vocabulary has in milliseconds (recording v4 462). */
    MICROSECONDS {
        @Override
        public Object decode(Object value, ZoneId zone) {
            return value instanceof Number micros ? asRead(micros.longValue() / 1000) : value;
        }

        @Override
        public Object encode(Object value) {
            throw new UnsupportedOperationException("No call sends a duration");
        }

        /** Of the type that a number of this size in JSON has. */
        private Number asRead(long number) {
            if (number == (int) number) {
                return (int) number;
            }
            return number;
        }
    },
    /** Milliseconds since 1970 (recording v4 220). */
    EPOCH_MILLIS {
        @Override
        public Object decode(Object value, ZoneId zone) {
            return value instanceof Number millis
                    ? Instant.ofEpochMilli(millis.longValue()).toString()
                    : value;
        }

        @Override
        public Object encode(Object value) {
            return Instant.parse((String) value).truncatedTo(ChronoUnit.MILLIS).toEpochMilli();
        }
    };

    /** What the vocabulary writes for a time that never comes. */
    public static final String INFINITY = "infinity";

    /** How brokers whose clock is UTC end a time. */
    private static final String UTC = "+00:00";

    /** The length of a time that ends with its seconds. */
    private static final int TO_SECONDS = "2026-11-23T10:00:00".length();

    /** The length of a time that ends with its milliseconds. */
    private static final int TO_MILLIS = "2026-11-23T10:00:00.123".length();

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /**
     * From the broker to the vocabulary.
     *
     * @param value may be null
     * @param zone the zone of the broker's clock, for times without one
     */
    public abstract Object decode(Object value, ZoneId zone);

    /** From the vocabulary to the broker; times are ISO-8601 instants. */
    public abstract Object encode(Object value);
}
