/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads the times that brokers write in every row, without objects: RFC 3339 to the millisecond (recording v5 35) and
 * broker-local seconds (recording v4 43). It is sure of what it reads and gives up the rest, which slower readers judge. One
 * for local times is not for many threads: it remembers the offsets of its zone.
 */
public final class TimeReader {

    /** Not a time that this reads. */
    public static final long NONE = Long.MIN_VALUE;

    /** Zones change their offsets at quarters of hours. */
    private static final int QUARTER = 900;

    private static final int REMEMBERED = 1 << 10;

    private final ZoneId zone;
    private final long[] quarters = new long[REMEMBERED];
    private final int[] offsets = new int[REMEMBERED];

    /** @param zone of the broker's clock, for times without one */
    public TimeReader(ZoneId zone) {
        this.zone = zone;
        quarters[0] = 1;
    }

    /** {@code 2026-11-23T10:00:00.123+00:00}, in milliseconds since 1970, or {@link #NONE}. */
    public static long withOffset(byte[] ascii, int start, int length) {
        if (length < 20) {
            return NONE;
        }
        long seconds = seconds(ascii, start, 'T');
        if (seconds == NONE) {
            return NONE;
        }
        int end = start + length;
        int at = start + 19;
        int millis = 0;
        if (ascii[at] == '.') {
            if (at + 4 >= end) {
                return NONE;
            }
            millis = digits(ascii, at + 1, 3);
            at += 4;
        }
        int offset = offset(ascii, at, end);
        return millis < 0 || offset == Integer.MIN_VALUE ? NONE : (seconds - offset) * 1000 + millis;
    }

    /** {@code 2026-11-23 10:00:00} by the broker's clock, in milliseconds since 1970, or {@link #NONE}. */
    public long local(byte[] ascii, int start, int length) {
        long seconds = length == 19 ? seconds(ascii, start, ' ') : NONE;
        return seconds == NONE ? NONE : (seconds - zoneOffset(seconds)) * 1000;
    }

    private int zoneOffset(long localSeconds) {
        long quarter = Math.floorDiv(localSeconds, (long) QUARTER);
        int slot = (int) (quarter & (REMEMBERED - 1));
        if (quarters[slot] != quarter) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
            // where the clock is put forward there is no such time: the one after it is meant
            offsets[slot] = (int) (localSeconds - local.atZone(zone).toEpochSecond());
            quarters[slot] = quarter;
        }
        return offsets[slot];
    }

    /** Z, or hours and minutes; minimal where there is neither. */
    private static int offset(byte[] ascii, int at, int end) {
        if (at + 1 == end && ascii[at] == 'Z') {
            return 0;
        }
        if (at + 6 != end || ascii[at + 3] != ':' || (ascii[at] != '+' && ascii[at] != '-')) {
            return Integer.MIN_VALUE;
        }
        int hours = digits(ascii, at + 1, 2);
        int minutes = digits(ascii, at + 4, 2);
        if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int offset = hours * 3600 + minutes * 60;
        return ascii[at] == '-' ? -offset : offset;
    }

    /** The first 19 characters, as seconds since 1970 were they UTC. */
    private static long seconds(byte[] ascii, int start, char between) {
        boolean shaped = ascii[start + 4] == '-'
                && ascii[start + 7] == '-'
                && ascii[start + 10] == between
                && ascii[start + 13] == ':'
                && ascii[start + 16] == ':';
        int year = digits(ascii, start, 4);
        int month = digits(ascii, start + 5, 2);
        int day = digits(ascii, start + 8, 2);
        int hour = digits(ascii, start + 11, 2);
        int minute = digits(ascii, start + 14, 2);
        int second = digits(ascii, start + 17, 2);
        boolean valid = shaped
                && year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOf(year, month)
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 59;
        return valid ? daysSince1970(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second : NONE;
    }

    private static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Counted in years that begin in March, whose months then have the same days before them in every year. */
    private static long daysSince1970(int year, int month, int day) {
        int fromMarch = month > 2 ? month - 3 : month + 9;
        long years = month > 2 ? year : year - 1L;
        long days = years * 365 + years / 4 - years / 100 + years / 400 + (fromMarch * 153L + 2) / 5 + day - 1;
        return days - 719_468;
    }

    /** A negative number where one of the characters is no digit. */
    private static int digits(byte[] ascii, int at, int count) {
        int number = 0;
        int wrong = 0;
        for (int i = at; i < at + count; i++) {
            int digit = ascii[i] - '0';
            // either is negative for what is no digit: to look once, at the end, is quicker
            wrong |= digit | (9 - digit);
            number = number * 10 + digit;
        }
        return wrong < 0 ? -1 : number;
    }
}
