/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.AclRow;
import io.github.camelemqx.platform.test.Generation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may do what, by client id, by user name, or for all. The simulator keeps the rules, nobody is held to them. */
public final class AclTable {

    /** What holds for everybody has no name. */
    public static final String EVERYBODY = "";

    /** The rules of a client or a user; v5 knows some that have no rules (recording v5 151). */
    public record Holder(String as, String who, List<AclRow> rules) {}

    private record Key(String as, String who) {}

    private final Generation generation;
    private final Map<Key, List<AclRow>> rules = new LinkedHashMap<>();

    AclTable(Generation generation) {
        this.generation = generation;
    }

    /** Everybody of a kind who has rules, in the order in which they got the first. */
    public Stream<Holder> holders(String as) {
        return rules.entrySet().stream()
                .filter(entry -> entry.getKey().as().equals(as))
                .map(entry -> new Holder(as, entry.getKey().who(), List.copyOf(entry.getValue())));
    }

    /** The rules of somebody; empty if nobody ever gave any. */
    public Optional<Holder> find(String as, String who) {
        return Optional.ofNullable(rules.get(new Key(as, who))).map(of -> new Holder(as, who, List.copyOf(of)));
    }

    /** All rules. */
    public Stream<AclRow> all() {
        return rules.values().stream().flatMap(List::stream);
    }

    /** Gives somebody these rules instead of the ones before. */
    public void put(String as, String who, List<AclRow> instead) {
        rules.put(new Key(as, who), new ArrayList<>(instead));
    }

    /** Adds a rule; one for the same topic and action gives way. V4 makes two of one for both actions (recording v4 298). */
    public void add(AclRow rule) {
        if (generation == Generation.V4 && rule.action().equals("all")) {
            addOne(forAction(rule, "publish"));
            addOne(forAction(rule, "subscribe"));
        } else {
            addOne(rule);
        }
    }

    private static AclRow forAction(AclRow rule, String action) {
        return new AclRow(rule.as(), rule.who(), action, rule.topic(), rule.permission(), rule.qos(), rule.retain());
    }

    private void addOne(AclRow rule) {
        List<AclRow> of = rules.computeIfAbsent(new Key(rule.as(), rule.who()), key -> new ArrayList<>());
        of.removeIf(old -> old.topic().equals(rule.topic()) && old.action().equals(rule.action()));
        of.add(rule);
    }

    /** Takes all rules of somebody away; false if there are none. */
    public boolean remove(String as, String who) {
        return rules.remove(new Key(as, who)) != null;
    }

    /** Takes the rules away that somebody has for a topic filter. */
    public void remove(String as, String who, String topic) {
        rules.computeIfPresent(new Key(as, who), (key, of) -> {
            of.removeIf(rule -> rule.topic().equals(topic));
            return of.isEmpty() ? null : of;
        });
    }

    /** Takes all rules away. */
    public void clear() {
        rules.clear();
    }
}
