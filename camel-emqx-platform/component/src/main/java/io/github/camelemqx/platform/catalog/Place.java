/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a generation expects a parameter. The catalogue writes it as {@code KIND[:NAME][@CODEC]}, such as
 * {@code query:_like_clientid} or {@code body:until@epoch-seconds}, and {@code only(VALUE)} for a parameter that the
 * generation knows with one value alone.
 *
 * @param kind the part of the request
 * @param name the generation's own name of it
 * @param codec how the generation writes the value
 * @param only the one value that can be expressed (it is not sent), null for a place that takes any
 */
public record Place(Kind kind, String name, Codec codec, String only) {

    /** A part of a request. */
    public enum Kind {
        PATH,
        /** In the query; several values as several pairs. */
        QUERY,
        /** In the query; several values as one, separated by commas. */
        QUERY_LIST,
        BODY,
        /** In the path, and again in the body: updates that repeat what they are about. */
        PATH_AND_BODY,
        /** The name of the file that is sent in a form. */
        FILE_NAME,
        /** The HTTP method. */
        METHOD,
        /** The path below the API's base, with its query, percent-encoded by whoever gives it. */
        RAW_PATH,
        /** Not sent: it chooses between routes, or shapes the result. */
        LOCAL
    }

    /** Whether it stands in the path. */
    public boolean inPath() {
        return kind == Kind.PATH || kind == Kind.PATH_AND_BODY;
    }

    /** Whether it stands in the body. */
    public boolean inBody() {
        return kind == Kind.BODY || kind == Kind.PATH_AND_BODY;
    }

    private static final Pattern ONLY = Pattern.compile("only\\((.*)\\)");
    private static final Pattern PLACE = Pattern.compile("([a-z-]+)(?::([^@]+))?(?:@([a-z-]+))?");

    static Place parse(String parameter, String text) {
        Matcher only = ONLY.matcher(text);
        if (only.matches()) {
            return new Place(Kind.LOCAL, parameter, Codec.AS_IS, only.group(1));
        }
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            throw new IllegalStateException("Not a place in a request: " + text + " (parameter " + parameter + ")");
        }
        return new Place(
                Names.constant(Kind.class, place.group(1)),
                Optional.ofNullable(place.group(2)).orElse(parameter),
                Optional.ofNullable(place.group(3))
                        .map(codec -> Names.constant(Codec.class, codec))
                        .orElse(Codec.AS_IS),
                null);
    }
}
