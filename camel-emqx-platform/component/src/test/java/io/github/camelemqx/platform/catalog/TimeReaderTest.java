/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick reader says what the codec says, or that it does not know. */
class TimeReaderTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static Object quick(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static long withOffset(String text) {
        byte[] ascii = ("x" + text + "y").getBytes(StandardCharsets.US_ASCII);
        return TimeReader.withOffset(ascii, 1, text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T10:00:00.123+00:00",
                "2026-11-23T10:00:00.120+08:00",
                "2026-11-23T10:00:00-03:30",
                "2026-11-23T10:00:00Z",
                "2026-11-23T10:00:00.000Z",
                "2024-02-29T23:59:59.999+00:00",
                "1969-12-31T23:59:59.999+00:00",
                "1900-03-01T00:00:00+00:00",
                "9999-12-31T23:59:59+00:00"
            })
    void readsWhatBrokersWrite(String text) {
        assertThat(withOffset(text)).isNotEqualTo(TimeReader.NONE);
        assertThat(quick(withOffset(text))).isEqualTo(Codec.TIME.decode(text, BERLIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "undefined",
                "2026-11-23T10:00:00",
                "2026-11-23T10:00:00.",
                "2026-11-23T10:00:00.1",
                "2026-11-23T10:00:00.12Z",
                "2026-11-23T10:00:00.123456Z",
                "2026-11-23T10:00:00.123",
                "2023-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-04-31T10:00:00Z",
                "2026-11-00T10:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T10:60:00Z",
                "2026-11-23T10:00:60Z",
                "2026-11-23 10:00:00Z",
                "2026-11-23T10:00:00+0000",
                "2026-11-23T10:00:00+18:30",
                "2026-11-23T10:00:00.123+00:00:00",
                ":026-11-23T10:00:00Z"
            })
    void leavesTheRestToOthers(String text) {
        assertThat(withOffset(text)).isEqualTo(TimeReader.NONE);
    }

    @Test
    void readsBrokerLocalTimesOfAllYear() {
        TimeReader reader = new TimeReader(BERLIN);
        Random random = new Random(1);
        LocalDateTime begin = LocalDateTime.of(2026, 1, 1, 0, 0);
        for (int i = 0; i < 20_000; i++) {
            String text = LOCAL.format(begin.plusSeconds(random.nextInt(366 * 86_400)));
            long millis = reader.local(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
            assertThat(quick(millis)).isEqualTo(Codec.LOCAL_TIME.decode(text, BERLIN));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the hour that is not there, the hour that is there twice
                "2026-03-29 01:59:59",
                "2026-03-29 02:00:00",
                "2026-03-29 02:30:00",
                "2026-03-29 03:00:00",
                "2026-10-25 01:59:59",
                "2026-10-25 02:00:00",
                "2026-10-25 02:59:59",
                "2026-10-25 03:00:00",
                "1970-01-01 00:00:00"
            })
    void readsBrokerLocalTimesWhereTheClockIsChanged(String text) {
        long millis = new TimeReader(BERLIN).local(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
        assertThat(quick(millis)).isEqualTo(Codec.LOCAL_TIME.decode(text, BERLIN));
    }
}
