/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is picked out of rows does not depend on what the rows before were like. */
class FieldScanTest {

    private static final List<String> FIELDS = List.of("clientid", "connected", "connected_at", "keepalive", "x");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonFactory> PARSERS = List.of(new ReadAheadFactory(), new JsonFactory());

    private final Operation listing = Catalog.load().resource("clients").operation("list");
    private final FieldScan scan = FieldScan.of(
            Generation.V5, listing, listing.routes().get(Generation.V5).get(0), FIELDS, ZoneOffset.UTC);

    /** Makes a map of the row. */
    private static final class Collected implements FieldSink {
        private final Map<String, Object> fields = new HashMap<>();
        private int ends;

        @Override
        public void text(int field, byte[] ascii, int offset, int length) {
            value(field, new String(ascii, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void number(int field, long value) {
            value(field, (int) value);
        }

        @Override
        public void time(int field, long millis) {
            value(field, Instant.ofEpochMilli(millis).toString());
        }

        @Override
        public void value(int field, Object value) {
            fields.put(FIELDS.get(field), value);
        }

        @Override
        public void end() {
            ends++;
        }
    }

    private Map<String, Object> scanned(String row) throws IOException {
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> fields = null;
        for (JsonFactory parsers : PARSERS) {
            Collected collected = new Collected();
            try (JsonParser parser = parsers.createParser(new ByteArrayInputStream(bytes))) {
                parser.nextToken();
                scan.row(parser, collected);
                assertThat(parser.nextToken()).isNull();
            }
            assertThat(collected.ends).isOne();
            assertThat(fields == null ? collected.fields : fields).isEqualTo(collected.fields);
            fields = collected.fields;
        }
        return fields;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"clientid\":\"c\"}",
                "{\"x\":1,\"clientid\":\"c\",\"connected\":true,\"keepalive\":60}",
                "{\"connected\":false,\"clientid\":\"c\",\"x\":null}",
                "{\"clientid\":\"c\",\"y\":{\"clientid\":\"inner\"},\"connected\":true}",
                "{\"clientid\":\"c\",\"connecte\":1,\"connected\":true,\"connected_\":2}",
                "{\"clientid\":\"c\",\"cönnected\":1,\"keepalive\":-3}",
                "{ \"clientid\" : \"c\" , \"\":1, \"x\" : [1, {\"x\": 2}] }",
                "{\"\\u0063lientid\":\"c\",\"conn\\\"ected\":1,\"x\":0.5}",
                "{\"clientid\":\"c\",\"clientid\":\"d\",\"keepalive\":true}",
                "{\"clientid\":\"c\",\"\\ud800\":1,\"keepalive\":2}",
                "{\"clientid\":\"c\",\"?\":1,\"\\n\":2,\"keepalive\":3}"
            })
    @SuppressWarnings("unchecked")
    void theRowsBeforeDoNotMatter(String row) throws IOException {
        Map<String, Object> expected = JSON.readValue(row, Map.class);
        expected.keySet().retainAll(FIELDS);
        for (String before : List.of(
                "{\"clientid\":\"b\",\"connected\":true,\"keepalive\":60}",
                "{\"x\":1,\"clientid\":\"b\"}",
                "{\"clientid\":\"b\",\"y\":1,\"connected\":true,\"z\":2}",
                row)) {
            scanned(before);
            assertThat(scanned(row)).as("after %s", before).isEqualTo(expected);
        }
    }

    @Test
    void namesThatGrowAreReadAll() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            assertThat(scanned("{\"field" + i + "\":1,\"clientid\":\"c" + i + "\",\"keepalive\":" + i + "}"))
                    .isEqualTo(Map.of("clientid", "c" + i, "keepalive", i));
        }
    }

    @Test
    void timesAreInstants() throws IOException {
        assertThat(scanned("{\"connected_at\":\"2026-11-23T10:37:42.253+00:00\"}"))
                .isEqualTo(Map.of("connected_at", "2026-11-23T10:37:42.253Z"));
    }
}
