/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A parameter of an operation under its name in the vocabulary.
 *
 * @param name in the vocabulary, which is generation 5's
 * @param aliases other names under which a route may give it: {@code username} for a user's {@code user_id}
 * @param type what it must be
 * @param required whether the call makes no sense without it
 * @param requiredOn the generations that cannot do without it, where others can
 * @param multi whether several values may be given
 * @param allowed the values it may have, empty where any is allowed
 * @param min the least number, or the least characters of a text; null without a bound
 * @param max the greatest number, or the most characters of a text; null without a bound
 * @param secret whether its value must never be printed
 * @param places where each generation expects it; a generation that is missing cannot express it
 * @param since the first version of generation 5 that knows it, null where that is not known or it always did
 * @param description for people
 */
public record Parameter(
        String name,
        List<String> aliases,
        ParameterType type,
        boolean required,
        Set<Generation> requiredOn,
        boolean multi,
        List<String> allowed,
        Long min,
        Long max,
        boolean secret,
        Map<Generation, Place> places,
        String since,
        String description) {

    /** The name and the aliases. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** Where a generation expects it, empty where it cannot express it. */
    public Optional<Place> place(Generation generation) {
        return Optional.ofNullable(places.get(generation));
    }

    /** Whether it chooses what is called: that is for routes to say, not for messages. */
    public boolean steers() {
        return at(Place.Kind.METHOD) || at(Place.Kind.RAW_PATH);
    }

    /** Whether some generation expects it there. */
    public boolean at(Place.Kind kind) {
        for (Place place : places.values()) {
            if (place.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** Whether some generation expects it at such a place. */
    boolean at(Predicate<Place> which) {
        return places.values().stream().anyMatch(which);
    }

    /**
     * The value as the API has it: texts become numbers, booleans and times.
     *
     * @param value not null
     * @throws IllegalArgumentException naming the parameter and what it should have been; a secret is not quoted
     */
    public Object checked(Object value) {
        if (value instanceof Collection<?> values && (multi || type != ParameterType.ANY)) {
            if (!multi) {
                throw new IllegalArgumentException("Parameter " + name + " takes one value, not " + values.size());
            }
            return values.stream().map(this::checkedOne).toList();
        }
        return checkedOne(value);
    }

    private Object checkedOne(Object value) {
        Object converted = value == null ? null : type.convert(value);
        if (converted == null) {
            throw new IllegalArgumentException("Parameter " + name + " must be " + type.words() + quoted(value));
        }
        if (!allowed.isEmpty() && !allowed.contains(converted.toString())) {
            throw new IllegalArgumentException("Parameter " + name + " must be one of "
                    + Names.nearestFirst(converted.toString(), allowed) + quoted(value));
        }
        if (min == null && max == null) {
            return converted;
        }
        if (converted instanceof Number number && outside(number)) {
            throw new IllegalArgumentException("Parameter " + name + " must be " + bounds() + quoted(value));
        }
        if (converted instanceof String text && outside(text.codePointCount(0, text.length()))) {
            throw new IllegalArgumentException(
                    "Parameter " + name + " must have " + bounds() + " characters" + quoted(value));
        }
        return converted;
    }

    private boolean outside(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return (min != null && number.longValue() < min) || (max != null && number.longValue() > max);
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return (min != null && exact.compareTo(BigDecimal.valueOf(min)) < 0)
                || (max != null && exact.compareTo(BigDecimal.valueOf(max)) > 0);
    }

    private String bounds() {
        if (max == null) {
            return "at least " + min;
        }
        return min == null ? "at most " + max : "from " + min + " to " + max;
    }

    /** What may hold a secret somewhere inside is not quoted: it has a type, and that is enough to find the mistake. */
    private String quoted(Object value) {
        if (secret || value == null) {
            return "";
        }
        boolean plain = value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>;
        if (type == ParameterType.OBJECT || !plain) {
            return ", not a " + value.getClass().getSimpleName();
        }
        return ", not " + (value instanceof CharSequence ? "'" + value + "'" : value);
    }
}
