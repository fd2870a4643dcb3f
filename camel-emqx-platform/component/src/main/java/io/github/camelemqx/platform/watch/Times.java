/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Times of rows, which are ISO-8601 texts. */
final class Times {

    /** How generation 4 writes how long a node has been up: {@code 2 hours, 8 minutes, 39 seconds}. */
    private static final Pattern PART = Pattern.compile("(\\d{1,9}) (day|hour|minute|second)s?");

    private Times() {}

    /** As {@code Comparator}; what is no time is equal to everything. */
    static int compare(Object left, Object right) {
        if (left == null || right == null || left.equals(right)) {
            return 0;
        }
        try {
            return Instant.parse(left.toString()).compareTo(Instant.parse(right.toString()));
        } catch (DateTimeException notTimes) {
            return 0;
        }
    }

    /** A node's uptime in milliseconds: generation 5 tells that, generation 4 a text. Empty for what is neither. */
    static Optional<Long> millis(Object uptime) {
        if (uptime instanceof Number millis) {
            return Optional.of(millis.longValue());
        }
        return PART.matcher(String.valueOf(uptime)).results().map(Times::part).reduce(Long::sum);
    }

    private static long part(MatchResult part) {
        long count = Long.parseLong(part.group(1));
        Duration duration =
                switch (part.group(2)) {
                    case "day" -> Duration.ofDays(count);
                    case "hour" -> Duration.ofHours(count);
                    case "minute" -> Duration.ofMinutes(count);
                    default -> Duration.ofSeconds(count);
                };
        return duration.toMillis();
    }
}
