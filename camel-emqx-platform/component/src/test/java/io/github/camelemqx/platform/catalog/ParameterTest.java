/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values of parameters, and how generations write them. */
class ParameterTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void textsBecomeWhatTheParameterIs() {
        assertThat(parameter(ParameterType.INTEGER).checked("2")).isEqualTo(2L);
        assertThat(parameter(ParameterType.INTEGER).checked(2.0)).isEqualTo(2L);
        assertThat(parameter(ParameterType.BOOLEAN).checked("true")).isEqualTo(true);
        assertThat(parameter(ParameterType.STRING).checked(5)).isEqualTo("5");
        assertThat(parameter(ParameterType.TIME).checked("2026-11-23T11:00:00+01:00"))
                .isEqualTo("2026-11-23T10:00:00Z");
        assertThat(parameter(ParameterType.TIME).checked(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(parameter(ParameterType.TIME)
                        .checked(OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(1))))
                .isEqualTo("2025-12-31T23:00:00Z");
        assertThat(parameter(ParameterType.TIME_OR_INFINITY).checked("infinity"))
                .isEqualTo("infinity");
    }

    @Test
    void wrongTypesAreNamedWithWhatIsWanted() {
        assertThatThrownBy(() -> parameter(ParameterType.INTEGER).checked("two"))
                .hasMessage("Parameter p must be a whole number, not 'two'");
        assertThatThrownBy(() -> parameter(ParameterType.INTEGER).checked(1.5))
                .hasMessage("Parameter p must be a whole number, not 1.5");
        assertThatThrownBy(() -> parameter(ParameterType.BOOLEAN).checked("yes"))
                .hasMessage("Parameter p must be true or false, not 'yes'");
        assertThatThrownBy(() -> parameter(ParameterType.TIME).checked("tomorrow"))
                .hasMessageContaining("ISO-8601");
        assertThatThrownBy(() -> parameter(ParameterType.STRING).checked(Map.of()))
                .hasMessageContaining("must be a text");
        assertThatThrownBy(() -> parameter(ParameterType.STRING).checked(List.of("a", "b")))
                .hasMessage("Parameter p takes one value, not 2");
    }

    @Test
    void numbersMayHaveDecimals() {
        Parameter number = parameter(ParameterType.NUMBER);
        assertThat(number.checked("80")).isEqualTo(80L);
        assertThat(number.checked(80.0)).isEqualTo(80L);
        assertThat(number.checked("0.25")).isEqualTo(0.25);
        assertThat(number.checked(0.1f)).isEqualTo(0.1);
        assertThat(number.checked(" 1e-3 ")).isEqualTo(0.001);
        for (Object none : new Object[] {"many", "", "NaN", Double.POSITIVE_INFINITY, "1e999", true, Map.of()}) {
            assertThatThrownBy(() -> number.checked(none)).hasMessageContaining("Parameter p must be a number, not ");
        }
    }

    @Test
    void boundsHoldForDecimals() {
        assertThatThrownBy(() -> bounded(0L, 1L).checked(1.001))
                .hasMessage("Parameter p must be from 0 to 1, not 1.001");
        assertThatThrownBy(() -> bounded(1L, null).checked(0.9)).hasMessage("Parameter p must be at least 1, not 0.9");
        assertThatThrownBy(() -> bounded(null, 1L).checked("1.1"))
                .hasMessage("Parameter p must be at most 1, not '1.1'");
        assertThat(bounded(0L, 1L).checked(1.0)).isEqualTo(1L);
        assertThat(bounded(0L, 1L).checked(0.5)).isEqualTo(0.5);
    }

    private static Parameter bounded(Long min, Long max) {
        return new Parameter(
                "p",
                List.of(),
                ParameterType.NUMBER,
                false,
                Set.of(),
                false,
                List.of(),
                min,
                max,
                false,
                Map.of(),
                null,
                "A parameter.");
    }

    @Test
    void boundsAndAllowedValuesHold() {
        Parameter qos = new Parameter(
                "qos",
                List.of(),
                ParameterType.INTEGER,
                false,
                Set.of(),
                false,
                List.of(),
                0L,
                2L,
                false,
                Map.of(),
                null,
                "QoS.");
        assertThatThrownBy(() -> qos.checked(3)).hasMessage("Parameter qos must be from 0 to 2, not 3");
        Parameter state = new Parameter(
                "state",
                List.of(),
                ParameterType.STRING,
                false,
                Set.of(),
                false,
                List.of("connected", "idle"),
                null,
                null,
                false,
                Map.of(),
                null,
                "State.");
        assertThatThrownBy(() -> state.checked("idl"))
                .hasMessage("Parameter state must be one of idle, connected, not 'idl'");
        Parameter label = new Parameter(
                "label",
                List.of(),
                ParameterType.STRING,
                false,
                Set.of(),
                false,
                List.of(),
                1L,
                3L,
                false,
                Map.of(),
                null,
                "Label.");
        assertThat(label.checked("ab😀")).isEqualTo("ab😀");
        assertThatThrownBy(() -> label.checked(""))
                .hasMessage("Parameter label must have from 1 to 3 characters, not ''");
        assertThatThrownBy(() -> label.checked("abcd"))
                .hasMessage("Parameter label must have from 1 to 3 characters, not 'abcd'");
    }

    @Test
    void aSecretIsNotQuoted() {
        Parameter password = new Parameter(
                "password",
                List.of(),
                ParameterType.STRING,
                true,
                Set.of(),
                false,
                List.of(),
                null,
                null,
                true,
                Map.of(),
                null,
                "P.");
        assertThatThrownBy(() -> password.checked(Map.of("hidden", "word")))
                .hasMessage("Parameter password must be a text");
    }

    @Test
    void timesOfEachGenerationBecomeInstants() {
        assertThat(Codec.TIME.decode("2026-11-23T10:37:42.253+00:00", BERLIN)).isEqualTo("2026-11-23T10:37:42.253Z");
        assertThat(Codec.LOCAL_TIME.decode("2026-11-23 10:27:53", BERLIN)).isEqualTo("2026-11-23T09:27:53Z");
        assertThat(Codec.EPOCH_SECONDS.decode(1795429676, BERLIN)).isEqualTo("2026-11-23T10:27:56Z");
        assertThat(Codec.EPOCH_SECONDS.decode(null, BERLIN)).isEqualTo("infinity");
        assertThat(Codec.EPOCH_MILLIS.decode(1795429676320L, BERLIN)).isEqualTo("2026-11-23T10:27:56.320Z");
    }

    @Test
    void timesGoBackAsEachGenerationWantsThem() {
        assertThat(Codec.TIME.encode("2026-11-23T10:27:56Z")).isEqualTo("2026-11-23T10:27:56Z");
        assertThat(Codec.EPOCH_SECONDS.encode("2026-11-23T10:27:56Z")).isEqualTo(1795429676L);
        assertThat(Codec.EPOCH_SECONDS.encode("infinity")).isNull();
    }

    @Test
    void whatIsNoTimePassesUnchanged() {
        assertThat(Codec.TIME.decode("infinity", BERLIN)).isEqualTo("infinity");
        assertThat(Codec.EPOCH_SECONDS.decode(Long.MAX_VALUE, BERLIN)).isEqualTo(Long.MAX_VALUE);
        assertThat(Codec.TIME.decode(null, BERLIN)).isNull();
        assertThat(Codec.LOCAL_TIME.decode("undefined", BERLIN)).isNull();
        assertThat(Codec.EPOCH_SECONDS.decode("tomorrow", BERLIN)).isEqualTo("tomorrow");
        assertThat(Codec.UNDEFINED_IS_NULL.decode("undefined", BERLIN)).isNull();
        assertThat(Codec.UNDEFINED_IS_NULL.decode("alice", BERLIN)).isEqualTo("alice");
    }

    @Test
    void theNearestNameComesFirst() {
        assertThat(Names.nearestFirst("subscibe", List.of("kick", "unsubscribe", "subscribe", "list")))
                .startsWith("subscribe, unsubscribe");
        assertThat(Names.distance("kcik", "kick")).isEqualTo(1);
        assertThat(Names.distance("", "abc")).isEqualTo(3);
    }

    private static Parameter parameter(ParameterType type) {
        return new Parameter(
                "p",
                List.of(),
                type,
                false,
                Set.of(),
                false,
                List.of(),
                null,
                null,
                false,
                Map.of(),
                null,
                "A parameter.");
    }
}
