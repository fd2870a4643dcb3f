/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values that must never be printed, in all the forms in which they may come back: brokers quote what they refuse (recording
 * v5 67), as it was sent, as they write texts, or cut short. Made only when there is something to print.
 */
final class Secrets {

    /** So many characters in a row that are part of a secret are no chance. */
    private static final int TELLING = 8;

    /** Of a value that is longer, such as a file, the parts are not looked for beyond that. */
    private static final int MOST_IN_PARTS = 1 << 14;

    private static final String MASK = "***";

    private static final Pattern NAME = Pattern.compile(
            ".*(password|passwd|pwd|passphrase|secret|token|credential|authorization|cookie|private|psk|jwt|key).*",
            Pattern.CASE_INSENSITIVE);

    /** A password within an address. */
    static final Pattern IN_ADDRESS = Pattern.compile("://[^/?#\\s:@]*:([^/?#\\s]+)@");

    /** The longest first: one that begins another must not leave the other's rest. */
    private final List<String> forms;

    private final Set<String> parts = new HashSet<>();

    Secrets(Collection<String> values) {
        this.forms = values.stream()
                .filter(value -> !value.isEmpty())
                .flatMap(Secrets::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String form : forms) {
            int end = Math.min(form.length(), MOST_IN_PARTS) - TELLING;
            for (int begin = 0; begin <= end; begin++) {
                String part = form.substring(begin, begin + TELLING);
                // a word is in many a message: "password" is what generation 4 says of a wrong one
                if (!part.chars().allMatch(Character::isLowerCase)) {
                    parts.add(part);
                }
            }
        }
    }

    /** Whether what has this name is a secret, where nobody says so: in what is sent as it is. */
    static boolean named(String name) {
        return NAME.matcher(name).matches();
    }

    /** A text without secrets; null for none. */
    String masked(String text) {
        if (text == null || forms.isEmpty()) {
            return text;
        }
        String clean = text;
        for (String form : forms) {
            clean = clean.replace(form, MASK);
        }
        return withoutParts(clean);
    }

    /** A failure as a cause: null where it, or what is behind it, quotes a secret. */
    <T extends Throwable> T asCause(T failure) {
        Set<Throwable> seen = new HashSet<>();
        return quotes(failure, seen) ? null : failure;
    }

    private boolean quotes(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String text = failure.toString();
        return !text.equals(masked(text))
                || quotes(failure.getCause(), seen)
                || Stream.of(failure.getSuppressed()).anyMatch(suppressed -> quotes(suppressed, seen));
    }

    private String withoutParts(String text) {
        BitSet hidden = new BitSet();
        for (int begin = 0; begin + TELLING <= text.length(); begin++) {
            if (parts.contains(text.substring(begin, begin + TELLING))) {
                hidden.set(begin, begin + TELLING);
            }
        }
        if (hidden.isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            if (hidden.get(at)) {
                clean.append(MASK);
                at = hidden.nextClearBit(at);
            } else {
                clean.append(text.charAt(at++));
            }
        }
        return clean.toString();
    }

    private static Stream<String> forms(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value));
        forms.add(quoted);
        forms.add(quoted.replace("/", "\\/"));
        String ascii = ascii(quoted);
        forms.add(ascii);
        forms.add(upperEscapes(ascii));
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.add(form);
        forms.add(lowerEscapes(form));
        String percent = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        forms.add(percent);
        forms.add(lowerEscapes(percent));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        return forms.stream();
    }

    /** As writers of JSON have it that write nothing but ASCII. */
    private static String ascii(String quoted) {
        StringBuilder ascii = new StringBuilder();
        quoted.chars().forEach(unit -> {
            if (unit < 128) {
                ascii.append((char) unit);
            } else {
                ascii.append(String.format("\\u%04x", unit));
            }
        });
        return ascii.toString();
    }

    private static String upperEscapes(String text) {
        return Pattern.compile("\\\\u[0-9a-f]{4}")
                .matcher(text)
                .replaceAll(escape -> "\\\\u" + escape.group().substring(2).toUpperCase(Locale.ROOT));
    }

    private static String lowerEscapes(String text) {
        return Pattern.compile("%[0-9A-F]{2}").matcher(text).replaceAll(escape -> escape.group()
                .toLowerCase(Locale.ROOT));
    }
}
