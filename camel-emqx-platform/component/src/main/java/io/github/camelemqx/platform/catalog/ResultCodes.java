/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result codes of both generations and what each means, read from {@code result-codes.tsv}. A code that is not
 * listed there is no surprise: its HTTP status decides.
 */
public final class ResultCodes {

    /**
     * One line of the table.
     *
     * @param code the code as text, or with generation 4's answers that have none, a pattern of the message in which
     *     {@code *} stands for any text
     * @param kind what it means
     * @param meaning for people
     */
    public record ResultCode(String code, FailureKind kind, String meaning) {}

    private final Map<Generation, Map<String, ResultCode>> codes;
    private final List<ResultCode> messages;

    private ResultCodes(Map<Generation, Map<String, ResultCode>> codes, List<ResultCode> messages) {
        this.codes = codes;
        this.messages = messages;
    }

    static ResultCodes parse(List<String> lines) {
        Map<Generation, Map<String, ResultCode>> codes = new EnumMap<>(Generation.class);
        for (Generation generation : Generation.values()) {
            codes.put(generation, new LinkedHashMap<>());
        }
        List<ResultCode> messages = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            ResultCode code = new ResultCode(cells[1], Names.constant(FailureKind.class, cells[2]), cells[3]);
            if (cells[0].equals("v4-message")) {
                messages.add(code);
            } else {
                codes.get(Names.constant(Generation.class, cells[0])).put(code.code(), code);
            }
        }
        return new ResultCodes(codes, List.copyOf(messages));
    }

    /** What a code means, empty where the table does not list it. */
    public Optional<ResultCode> code(Generation generation, String code) {
        return Optional.ofNullable(codes.get(generation).get(code));
    }

    /** What generation 4 means by a message without a code ({@code {"message":"existed"}}, recording v4 208). */
    public Optional<ResultCode> message(String message) {
        return messages.stream().filter(known -> matches(known.code(), message)).findFirst();
    }

    /** All codes of a generation, in the order of the table. */
    public List<ResultCode> all(Generation generation) {
        return List.copyOf(codes.get(generation).values());
    }

    private static boolean matches(String pattern, String message) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return message.equals(pattern);
        }
        String rest = message;
        for (int i = 0; i < parts.length; i++) {
            int at = rest.indexOf(parts[i]);
            boolean first = i == 0;
            boolean last = i == parts.length - 1;
            if (at < 0 || (first && at > 0) || (last && !rest.endsWith(parts[i]))) {
                return false;
            }
            rest = rest.substring(at + parts[i].length());
        }
        return true;
    }
}
