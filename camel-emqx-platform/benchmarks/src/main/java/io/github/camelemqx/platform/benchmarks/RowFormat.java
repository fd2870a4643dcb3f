/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a broker writes a client in a listing: rows as they were recorded, with places for what differs among clients. */
public enum RowFormat {
    /** Generation 5.6 and newer, asked for the fields that a watch needs (recordings v5 35, 44). */
    V5_FIELDS("v5", "page", "limit"),
    /** Generation 5 before 5.6, which gives whole rows whatever it is asked for (recording v5 35). */
    V5_WIDE("v5", "page", "limit"),
    /** Generation 4 (recording v4 43). */
    V4_WIDE("v4", "_page", "_limit");

    /** The fields that a watch asks for. */
    public static final String FIELDS =
            "clientid,connected,connected_at,disconnected_at,ip_address,keepalive,node,port,proto_ver,username";

    private static final long FIRST_CONNECT =
            Instant.parse("2026-11-23T10:00:00Z").toEpochMilli();
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+00:00'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final String generation;
    private final String page;
    private final String limit;

    @SuppressWarnings("ImmutableEnumChecker") // its lists are never changed
    private final RowTemplate template;

    private final String nodes;

    RowFormat(String generation, String page, String limit) {
        this.generation = generation;
        this.page = page;
        this.limit = limit;
        this.template = RowTemplate.of(resource(name().toLowerCase(Locale.ROOT).replace('_', '-')));
        this.nodes = resource(generation + "-nodes");
    }

    private static String resource(String name) {
        try (InputStream in = RowFormat.class.getResourceAsStream(name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException("A resource of this module cannot be read: " + name, e);
        }
    }

    /** The base path of the API. */
    String api() {
        return "/api/" + generation;
    }

    /** The parameter that names a page. */
    String page() {
        return page;
    }

    /** The parameter that names the most rows of a page. */
    String limit() {
        return limit;
    }

    /** The answer to a call for the nodes: one is running. */
    String nodes() {
        return nodes;
    }

    /**
     * Writes a client.
     *
     * @param index which client
     * @param connects how often it has connected again
     */
    public void row(StringBuilder out, int index, int connects) {
        template.write(out, place -> {
            switch (place) {
                case "id" -> id(out, index);
                case "user" -> out.append("user").append(1000 + index % 9000);
                case "ip" -> ip(out, index);
                case "port" -> out.append(1024 + Math.floorMod(index * 7919L + connects * 13L, 64_000L));
                case "at" -> time(out, FIRST_CONNECT + index * 37L + connects * 3_600_000L);
                default -> throw new IllegalStateException("No client has " + place);
            }
        });
    }

    private static void ip(StringBuilder out, int index) {
        out.append("10.").append(index >>> 16 & 0xFF);
        out.append('.').append(index >>> 8 & 0xFF);
        out.append('.').append(index & 0xFF);
    }

    private void time(StringBuilder out, long millis) {
        (this == V4_WIDE ? LOCAL : WITH_OFFSET).formatTo(Instant.ofEpochMilli(millis), out);
    }

    /** 24 characters, no two the same. */
    private static void id(StringBuilder out, int index) {
        long mixed = (index + 1) * 0x9E3779B97F4A7C15L;
        for (int shift = 60; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((int) (mixed >>> shift) & 0xF, 16));
        }
        for (int shift = 28; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(index >>> shift & 0xF, 16));
        }
    }

    /** Writes a whole page, from 1. */
    public String page(int number, int size, int[] connects) {
        int from = (number - 1) * size;
        int to = Math.min(connects.length, from + size);
        String meta = "\"meta\":{\"count\":" + connects.length + ",\"hasnext\":" + (to < connects.length)
                + ",\"limit\":" + size + ",\"page\":" + number + "}";
        StringBuilder out = new StringBuilder((Math.max(0, to - from) + 1) * 1200);
        out.append('{');
        if (this == V4_WIDE) {
            out.append(meta).append(',');
        }
        out.append("\"data\":[");
        for (int i = from; i < to; i++) {
            if (i > from) {
                out.append(',');
            }
            row(out, i, connects[i]);
        }
        out.append("],").append(this == V4_WIDE ? "\"code\":0" : meta);
        return out.append('}').toString();
    }
}
