/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.util.List;
import java.util.Random;

/** Values as somebody would choose them who wants a request to go elsewhere; the same ones for one seed. */
final class HostileText {

    /** By themselves, before chance has its turn. */
    static final List<String> KNOWN = List.of(
            "",
            ".",
            "..",
            "...",
            " ",
            "../users",
            "..\\users",
            "..;/users",
            "%2e%2e",
            "%2E%2E%2Fusers",
            "%252e%252e%252f",
            "\uff0e\uff0e",
            "\uff0e\uff0e\uff0fusers",
            "/",
            "//evil.example.com/x",
            "http://evil.example.com/",
            "@evil.example.com",
            "x@evil.example.com:8443",
            "x?y=z&page=9",
            "x#fragment",
            "x;v=1",
            "x&limit=1",
            "x=y",
            "+",
            "a b",
            "%",
            "%0d%0aHost: evil.example.com",
            "x\r\nHost: evil.example.com\r\n\r\nDELETE /api/v5/users HTTP/1.1\r\n",
            "x HTTP/1.1\r\nX: y",
            "\n",
            "\t",
            "\u0000",
            "c1\u0000/../users",
            "\u007f\u0080\u00a0",
            "{clientid}",
            "{node}/{id}",
            "$0 \\1",
            "${body}",
            "{{secret}}",
            "\"quoted\", \"is_superuser\": true",
            "\\\"}",
            "*",
            "~-._",
            "\ud83d\ude80",
            "\ud83d",
            "\ude80x",
            "x\ud83dx",
            "\u202e\u2028\u2029\ufeff",
            "e\u0301 \u00e9",
            "\u0130I\u0131\u00df",
            "RAW(x)",
            "#bean:x");

    /** Longer than servers usually take. */
    static final List<String> LONG =
            List.of("c".repeat(1 << 16), "/..".repeat(1 << 14), "\u00fc?".repeat(1 << 15), "c".repeat(1 << 20));

    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "\\",
            ".",
            "..",
            "../",
            "..\\",
            ";",
            "?",
            "#",
            "&",
            "=",
            "+",
            " ",
            "%",
            "%2e",
            "%2F",
            "%00",
            "%0d%0a",
            "%c0%ae",
            "\r\n",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "\u001b",
            "\u007f",
            "@",
            ":",
            ",",
            "|",
            "^",
            "`",
            "<",
            ">",
            "[",
            "]",
            "{",
            "}",
            "{clientid}",
            "$",
            "$1",
            "\"",
            "'",
            "*",
            "~",
            "\uff0e",
            "\uff0f",
            "\u2024",
            "\u2215",
            "\ud83d\ude80",
            "\ud83d",
            "\ude80",
            "\u202e",
            "\u0301",
            "\u00e9",
            "\u00a0",
            "users",
            "c1",
            "evil.example.com",
            "HTTP/1.1",
            "Host: evil.example.com",
            "DELETE",
            "api/v5");

    private final Random random;

    HostileText(long seed) {
        this.random = new Random(seed);
    }

    /** The next one. */
    String next() {
        int kind = random.nextInt(10);
        if (kind < 3) {
            return KNOWN.get(random.nextInt(KNOWN.size()));
        }
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(8);
        for (int piece = 0; piece < length; piece++) {
            text.append(kind < 9 ? PIECES.get(random.nextInt(PIECES.size())) : (char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    /** A name written in letters of any size. */
    String cased(String name) {
        StringBuilder cased = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            cased.append(random.nextBoolean() ? Character.toUpperCase(letter) : Character.toLowerCase(letter));
        }
        return cased.toString();
    }

    /** One of several. */
    <T> T oneOf(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }
}
