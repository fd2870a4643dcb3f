/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The users that may connect, by user name or by client id. */
public final class UserTable {

    /** A user; a password is kept as sent, for nobody but the simulator's own tests ever sees it. */
    public record User(String id, String password, boolean superuser, Instant createdAt) {}

    private final Clock clock;
    private final Map<String, User> users = new LinkedHashMap<>();

    UserTable(Clock clock) {
        this.clock = clock;
    }

    /** All users in the order in which they were added. */
    public Stream<User> all() {
        return users.values().stream();
    }

    /** The user of an id. */
    public Optional<User> find(String id) {
        return Optional.ofNullable(users.get(id));
    }

    /** Adds a user; false if the id is taken. */
    public boolean add(String id, String password, boolean superuser) {
        return users.putIfAbsent(id, new User(id, password, superuser, clock.instant())) == null;
    }

    /** Changes a user; empty if there is none. */
    public Optional<User> update(String id, String password, boolean superuser) {
        return Optional.ofNullable(
                users.computeIfPresent(id, (key, user) -> new User(id, password, superuser, user.createdAt())));
    }

    /** Takes a user away; false if there is none. */
    public boolean remove(String id) {
        return users.remove(id) != null;
    }
}
