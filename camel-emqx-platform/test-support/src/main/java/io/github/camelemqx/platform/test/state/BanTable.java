/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.BanRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may not connect. An expired ban stays listed, as on a broker that has not swept yet (recording v4 173). */
public final class BanTable {

    /**
     * A ban as sent: a v4 broker takes numbers for names, texts for times and nulls (recordings v4 167 to 171).
     *
     * @param at an Instant, or what else was sent
     * @param until likewise; null for a null that was sent
     */
    public record Ban(String as, Object who, Object by, Object reason, Object at, Object until) {

        /** The ban in plain types. */
        public BanRow row() {
            return new BanRow(
                    as,
                    String.valueOf(who),
                    String.valueOf(by),
                    reason == null ? null : reason.toString(),
                    time(at),
                    time(until));
        }

        private static Instant time(Object value) {
            if (value instanceof Instant instant) {
                return instant;
            }
            return value instanceof Number seconds
                    ? Instant.ofEpochMilli(
                            new BigDecimal(seconds.toString()).movePointRight(3).longValue())
                    : null;
        }
    }

    private record Key(String as, Object who) {}

    private final Map<Key, Ban> bans = new LinkedHashMap<>();

    /** All bans in the order in which they were added. */
    public Stream<Ban> all() {
        return bans.values().stream();
    }

    /** The ban of a client, a user or an address. */
    public Optional<Ban> find(String as, Object who) {
        return Optional.ofNullable(bans.get(new Key(as, who)));
    }

    /** Adds a ban, or writes over the one of the same client, user or address. */
    public void put(Ban ban) {
        bans.put(new Key(ban.as(), ban.who()), ban);
    }

    /** Lifts a ban; false if there is none. */
    public boolean remove(String as, Object who) {
        return bans.remove(new Key(as, who)) != null;
    }

    /** Lifts all bans. */
    public void clear() {
        bans.clear();
    }
}
