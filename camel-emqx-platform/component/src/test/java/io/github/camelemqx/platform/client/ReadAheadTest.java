/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is read ahead of the parser is what the parser would have read, and what it would refuse is refused. */
class ReadAheadTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ObjectMapper PLAIN = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper AHEAD =
            JsonMapper.builder(new ReadAheadFactory()).build();
    private static final List<String> FIELDS = List.of(
            "clientid",
            "connected",
            "connected_at",
            "disconnected_at",
            "ip_address",
            "keepalive",
            "node",
            "port",
            "username",
            "x");
    private static final List<String> NAMES = List.of(
            "clientid",
            "connected",
            "connected_at",
            "created_at",
            "disconnected_at",
            "ip_address",
            "is_bridge",
            "keepalive",
            "conn\"ected",
            "kéy",
            "node",
            "port",
            "reason",
            "username",
            "x");

    private final Operation listing = Catalog.load().resource("clients").operation("list");
    private final Random random = new Random(20261126);

    private FieldScan scan(Generation generation) {
        return FieldScan.of(
                generation, listing, listing.routes().get(generation).get(0), FIELDS, BERLIN);
    }

    /** Makes maps of the rows. */
    private static final class Collected implements FieldSink {
        private final List<Map<String, Object>> rows = new ArrayList<>();
        private Map<String, Object> row = new HashMap<>();

        @Override
        public void text(int field, byte[] ascii, int offset, int length) {
            value(field, new String(ascii, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void number(int field, long value) {
            if (value == (int) value) {
                value(field, (int) value);
            } else {
                value(field, value);
            }
        }

        @Override
        public void time(int field, long millis) {
            value(field, Instant.ofEpochMilli(millis).toString());
        }

        @Override
        public void value(int field, Object value) {
            row.put(FIELDS.get(field), value);
        }

        @Override
        public void end() {
            rows.add(row);
            row = new HashMap<>();
        }
    }

    /** Gives no more than a few bytes at a time. */
    private static final class InPieces extends InputStream {
        private final InputStream bytes;
        private final Random random;
        private final int most;

        InPieces(byte[] bytes, Random random, int most) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.random = random;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return bytes.read(buffer, offset, Math.min(length, 1 + random.nextInt(most)));
        }
    }

    /** The rows that are scanned, null for an answer that is refused. */
    private List<Map<String, Object>> scanned(FieldScan scan, byte[] page) throws EmqxPlatformException {
        Collected collected = new Collected();
        InputStream in = new InPieces(page, random, 1 + random.nextInt(random.nextBoolean() ? 20 : 20_000));
        try {
            return new PageReader(AHEAD)
                            .read(in, "data", parser -> scan.row(parser, collected))
                            .hasData()
                    ? collected.rows
                    : null;
        } catch (IOException refused) {
            return null;
        }
    }

    /** Whole rows, null for an answer that is refused. */
    private List<Map<String, Object>> mapped(RowMaps maps, byte[] page) throws EmqxPlatformException {
        List<Map<String, Object>> rows = new ArrayList<>();
        InputStream in = new InPieces(page, random, 1 + random.nextInt(random.nextBoolean() ? 20 : 20_000));
        try {
            return new PageReader(AHEAD)
                            .read(in, "data", parser -> rows.add(maps.row(parser)))
                            .hasData()
                    ? rows
                    : null;
        } catch (IOException refused) {
            return null;
        }
    }

    /** The wanted fields of rows that are there, null for an answer that is refused. */
    private List<Map<String, Object>> expected(Generation generation, byte[] page) throws IOException {
        List<Map<String, Object>> plain = plain(page);
        if (plain == null) {
            return null;
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : plain) {
            Map<String, Object> decoded = new HashMap<>(listing.row().decode(generation, row, BERLIN));
            decoded.keySet().retainAll(FIELDS);
            rows.add(decoded);
        }
        // what nobody wants may be of any size
        return isBounded(rows) ? rows : null;
    }

    /** The rows that Jackson makes of a page, null for one that it refuses. */
    private static List<Map<String, Object>> plain(byte[] page) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try {
            Object answer = PLAIN.readerFor(Object.class).readValue(page);
            if (!(answer instanceof List<?> elements)) {
                return null;
            }
            for (Object element : elements) {
                if (!(element instanceof Map<?, ?> object)) {
                    return null;
                }
                Map<String, Object> row = new LinkedHashMap<>();
                object.forEach((name, value) -> row.put((String) name, value));
                rows.add(row);
            }
        } catch (JsonProcessingException refused) {
            return null;
        }
        return rows;
    }

    /** In the order of their fields, which equality does not see. */
    private static List<List<String>> names(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> List.copyOf(row.keySet())).toList();
    }

    private static boolean isBounded(Object value) {
        if (value instanceof Map<?, ?> object) {
            return isBounded(object.values());
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream().allMatch(ReadAheadTest::isBounded);
        }
        return !(value instanceof BigInteger) && !(value instanceof Double number && number.isInfinite());
    }

    private String space() {
        return random.nextInt(60) == 0 ? " \n\t".substring(random.nextInt(3)) : "";
    }

    private String text() {
        return switch (random.nextInt(14)) {
            case 0 -> "\"\"";
            case 1 -> "\"ü€ \"";
            case 2 -> "\"\ud834\udd1e and \\ud834\\udd1e, or half of it: \\ud834\"";
            case 3 -> "\"tab\\t, quote\\\", slash\\\\, \\u0000\"";
            case 4 -> "\"undefined\"";
            case 5 -> "\"2026-11-23T10:00:0" + random.nextInt(10) + ".120Z\"";
            case 6 -> "\"2026-11-23 10:00:0" + random.nextInt(10) + "\"";
            case 7 -> "\"2026-11-23T10:00:00." + random.nextInt(1000) + "+01:00\"";
            case 8 -> "\"" + "long".repeat(random.nextInt(500)) + "\"";
            case 9 -> "\"" + "longer".repeat(random.nextInt(3_000)) + "\"";
            default -> "\"" + "some words of plain text".substring(random.nextInt(25)) + "\"";
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(16)) {
            case 0 -> "true";
            case 1 -> "false";
            case 2 -> "null";
            case 3 -> "0";
            case 4 -> "-0";
            case 5 -> "" + random.nextInt(70_000);
            case 6 -> "" + -random.nextInt(70_000);
            case 7 -> "" + random.nextLong();
            case 8 -> "" + 100_000_000_000_000_000L * (1 + random.nextInt(12));
            case 9 -> random.nextInt(100) + ".5e" + random.nextInt(9);
            case 10 -> depth > 2 ? "[]" : "[" + value(depth + 1) + space() + "," + value(depth + 1) + "]";
            case 11 -> depth > 2 ? "{}" : "{\"clientid\":" + value(depth + 1) + ",\"y\":" + value(depth + 1) + "}";
            default -> text();
        };
    }

    /** A row whose fields mostly come in the order in which they always come. */
    private String row() {
        StringBuilder row = new StringBuilder("{");
        int from = random.nextInt(10) == 0 ? random.nextInt(NAMES.size()) : 0;
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get((from + i) % NAMES.size());
            if (random.nextInt(12) > 0) {
                row.append(row.length() == 1 ? "" : ",").append(space()).append('"');
                JsonStringEncoder.getInstance().quoteAsString(name, row);
                row.append('"')
                        .append(space())
                        .append(':')
                        .append(space())
                        .append(value(0))
                        .append(space());
            }
        }
        return row.append('}').toString();
    }

    private byte[] page(int rows) {
        StringBuilder page = new StringBuilder("[");
        for (int i = 0; i < rows; i++) {
            page.append(i == 0 ? "" : ",").append(space()).append(row());
        }
        return page.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(names = {"V4", "V5"})
    void rowsAreWhatTheParserSees(Generation generation) throws Exception {
        FieldScan scan = scan(generation);
        for (int i = 0; i < 150; i++) {
            byte[] page = page(random.nextInt(20));
            assertThat(scanned(scan, page))
                    .as(new String(page, StandardCharsets.UTF_8))
                    .isNotNull()
                    .isEqualTo(expected(generation, page));
        }
    }

    @Test
    void wholeRowsAreThoseThatJacksonMakes() throws Exception {
        RowMaps maps = new RowMaps();
        for (int i = 0; i < 300; i++) {
            byte[] page = page(random.nextInt(20));
            List<Map<String, Object>> plain = plain(page);
            List<Map<String, Object>> mapped = mapped(maps, page);
            String text = new String(page, StandardCharsets.UTF_8);
            assertThat(mapped).as(text).isNotNull().isEqualTo(plain);
            assertThat(names(mapped)).as(text).isEqualTo(names(plain));
        }
    }

    @Test
    void rowsWithinAnEnvelopeAreThoseThatJacksonMakes() throws Exception {
        RowMaps maps = new RowMaps();
        for (int i = 0; i < 300; i++) {
            String rows = new String(page(random.nextInt(4)), StandardCharsets.UTF_8);
            String answer = i % 2 == 0 ? "{\"data\":" + rows + ",\"code\":0}" : "{\"code\":0,\"data\":" + row() + "}";
            InputStream in = new InPieces(answer.getBytes(StandardCharsets.UTF_8), random, 1 + random.nextInt(20_000));
            try (JsonParser parser = AHEAD.createParser(in)) {
                parser.nextToken();
                assertThat(maps.value(parser)).as(answer).isEqualTo(PLAIN.readValue(answer, Object.class));
                assertThat(parser.nextToken()).isNull();
            }
        }
    }

    @Test
    void whatIsNoJsonToTheParserIsNone() throws Exception {
        int refused = 0;
        FieldScan scan = scan(Generation.V5);
        RowMaps maps = new RowMaps();
        byte[] strange = "\",:{}[]\\ 019-.eEtrufalsn/\n\u0001\u007fx\u00ff\u00c3\u00e2\u0080"
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 1_500; i++) {
            byte[] page = page(3);
            byte octet = strange[random.nextInt(strange.length)];
            int at = random.nextInt(page.length);
            ByteArrayOutputStream damaged = new ByteArrayOutputStream();
            damaged.write(page, 0, at);
            int change = random.nextInt(3);
            if (change > 0) {
                damaged.write(octet);
            }
            int rest = change == 1 ? at : at + 1;
            damaged.write(page, rest, page.length - rest);
            List<Map<String, Object>> expected = expected(Generation.V5, damaged.toByteArray());
            assertThat(scanned(scan, damaged.toByteArray()))
                    .as(damaged.toString(StandardCharsets.ISO_8859_1))
                    .isEqualTo(expected);
            List<Map<String, Object>> plain = plain(damaged.toByteArray());
            assertThat(mapped(maps, damaged.toByteArray()))
                    .as(damaged.toString(StandardCharsets.ISO_8859_1))
                    .isEqualTo(isBounded(plain) ? plain : null);
            refused += expected == null ? 1 : 0;
        }
        assertThat(refused).isBetween(300, 1_200);
    }

    @Test
    void anyByteAnywhereInATextIsTakenOrRefusedAsByTheParser() throws Exception {
        FieldScan scan = scan(Generation.V5);
        RowMaps maps = new RowMaps();
        scanned(scan, "[{\"clientid\":\"\",\"x\":1}]".getBytes(StandardCharsets.UTF_8));
        mapped(maps, "[{\"clientid\":\"\",\"x\":1}]".getBytes(StandardCharsets.UTF_8));
        for (int octet = 0; octet < 256; octet++) {
            for (int at = 0; at < 20; at++) {
                byte[] page = ("[{\"clientid\":\"" + "a".repeat(20) + "\",\"x\":1}]").getBytes(StandardCharsets.UTF_8);
                page[14 + at] = (byte) octet;
                assertThat(scanned(scan, page)).as("%d at %d", octet, at).isEqualTo(expected(Generation.V5, page));
                assertThat(mapped(maps, page)).as("%d at %d", octet, at).isEqualTo(plain(page));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void anyEncodingOfJsonIsRead(String encoding) throws Exception {
        for (String mark : List.of("", "\ufeff")) {
            byte[] page = (mark + "[{\"clientid\":\"cü\",\"x\":1}]").getBytes(Charset.forName(encoding));
            assertThat(scanned(scan(Generation.V5), page)).containsExactly(Map.of("clientid", "cü", "x", 1));
            assertThat(mapped(new RowMaps(), page)).containsExactly(Map.of("clientid", "cü", "x", 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[", "[]", "[{}", "[{}]", "{}", "1", "[ ]", "null"})
    void theShortestAnswersAreReadAsOthers(String page) throws Exception {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        assertThat(scanned(scan(Generation.V5), bytes)).isEqualTo(expected(Generation.V5, bytes));
        assertThat(mapped(new RowMaps(), bytes)).isEqualTo(plain(bytes));
    }

    /** Jackson's own bounds, which somebody may have lowered for the whole of a Java, hold for rows as well. */
    @Test
    void nothingIsReadAheadWhereABoundCouldBeMissed() throws IOException {
        byte[] page = "[{\"clientid\":\"c1\"}]".getBytes(StandardCharsets.UTF_8);
        StreamReadConstraints.Builder bounds = StreamReadConstraints.builder();
        assertThat(parser(bounds.build(), page)).isInstanceOf(ReadAheadParser.class);
        for (StreamReadConstraints lower : List.of(
                StreamReadConstraints.builder().maxStringLength(100).build(),
                StreamReadConstraints.builder().maxNumberLength(10).build(),
                StreamReadConstraints.builder().maxTokenCount(1_000_000).build())) {
            assertThat(parser(lower, page)).isNotInstanceOf(ReadAheadParser.class);
        }
    }

    private static JsonParser parser(StreamReadConstraints bounds, byte[] page) throws IOException {
        JsonFactory parsers = new ReadAheadFactory();
        parsers.setStreamReadConstraints(bounds);
        try (JsonParser parser = parsers.createParser(new ByteArrayInputStream(page))) {
            assertThat(parser.nextToken()).isNotNull();
            return parser;
        }
    }
}
