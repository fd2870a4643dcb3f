/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.FailureDetails;
import io.github.camelemqx.platform.watch.table.RowTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for missing rows a second time: one miss of an id that is just moving to another node is 1.5 to 3 % likely
 * (emqx-api/clusters.md, "What a poller should rely on", 6). It asks for many rows at once where the API has that, for each
 * by itself where it has not, and lists everything again where that takes fewer calls. Not safe for many threads.
 *
 * <p>A listing in numbered pages is no proof by itself: while others come and go it misses rows that stay (65 of 13 290 on
 * generation 4, emqx-api/README.md). What a second listing lacks too is looked for by itself as far as that is bearable; the
 * rest is gone only if all pages of that listing told the same count of rows.
 */
final class SecondLook {

    /** Takes what became of the rows. Of a row that it does not get, nothing is known. */
    interface Findings {
        /** The row is nowhere. */
        void gone(String key, Map<String, Object> row);

        /** There is a row of this key, which looks like this; null where only that can be said. */
        void found(String key, Map<String, Object> row, Map<String, Object> now);
    }

    /** Lists everything once more. */
    interface Relisting {
        /** The rows of these keys, as far as they are listed now; null when not everything could be listed. */
        Again rows(Map<String, Map<String, Object>> wanted) throws EmqxPlatformException;
    }

    /**
     * What a second listing came to.
     *
     * @param rows that were wanted and are there, by key
     * @param steady whether nothing speaks against its being whole
     */
    record Again(Map<String, Map<String, Object>> rows, boolean steady) {}

    /**
     * What the listing came to that the rows are missing from.
     *
     * @param pages how many calls it took
     * @param witnesses two rows that it had; fewer where it had fewer
     */
    record Listed(int pages, List<Map<String, Object>> witnesses) {}

    /** What a booting node says of any path (clusters.md, v5 (b)): nothing about the row. */
    private static final String NOT_READY = "Request Path Not Found";

    /** A request line of 8000 bytes is refused (emqx-api/README.md); the path and other parameters need some too. */
    private static final int LONGEST_QUERY = 6000;

    private static final int MOST_AT_ONCE = 200;
    /** So many calls for one row each are always acceptable. */
    private static final int FEW = 20;
    /** A busy deployment may never be steady, and what is gone cannot wait for ever. */
    private static final int MOST_UNSTEADY = 3;

    private final WatchSettings settings;
    private final Watchable watchable;
    private final RowForm form;
    private final Operation listing;
    private final Operation confirmation;
    private final Watch.Sources sources;
    private final RowTable table;
    private boolean severalRefused;
    private int unsteady;
    private int calls;

    /**
     * @param form what is kept of rows
     * @param table whose rows are looked for
     */
    SecondLook(WatchSettings settings, Watch.Sources sources, RowForm form, RowTable table) {
        this.settings = settings;
        this.watchable = settings.watchable();
        this.form = form;
        this.sources = sources;
        this.table = table;
        this.listing = settings.resource().operation(watchable.listing());
        String name = watchable.confirmation();
        this.confirmation = name == null ? null : settings.resource().operation(name);
    }

    /** Whether the broker has not found its own API yet, let alone the row. */
    static boolean isNotReady(EmqxNotFoundException e) {
        return NOT_READY.equals(e.apiMessage());
    }

    /** How many calls were made since this was asked last. */
    int calls() {
        int made = calls;
        calls = 0;
        return made;
    }

    /**
     * Looks for rows.
     *
     * @param missing by key
     * @param relisting asked at most once
     * @throws EmqxPlatformException when a call failed; what was found until then is found
     */
    void at(
            Map<String, Map<String, Object>> missing,
            Deployment deployment,
            Listed listed,
            Relisting relisting,
            Findings findings)
            throws EmqxPlatformException {
        if (!settings.confirmRemovals() || listing.result() == ResultShape.OBJECT) {
            // nobody wants a second look, or the first was by the row's own id already
            missing.forEach(findings::gone);
            return;
        }
        Map<String, Map<String, Object>> left = missing;
        if (canAskForSeveral(deployment, listed) && missing.size() > 1) {
            left = atSeveral(missing, deployment, listed, findings);
        }
        boolean byId = confirmation != null && confirmation.generations().contains(deployment.generation());
        int bearable = byId ? Math.max(FEW, 2 * listed.pages()) : 0;
        boolean steady = false;
        if (left.size() > bearable) {
            Again again = relisting.rows(left);
            if (again == null) {
                return;
            }
            unsteady = again.steady() ? 0 : unsteady + 1;
            steady = !byId || again.steady() || unsteady > MOST_UNSTEADY;
            left = missingAgain(left, again, findings);
        }
        for (Map.Entry<String, Map<String, Object>> one : left.entrySet()) {
            if (bearable-- > 0) {
                atOne(one.getKey(), one.getValue(), deployment, findings);
            } else if (steady) {
                findings.gone(one.getKey(), one.getValue());
            }
        }
    }

    private boolean canAskForSeveral(Deployment deployment, Listed listed) throws EmqxPlatformException {
        return watchable.several() != null
                && !severalRefused
                && deployment.generation() == Generation.V5
                && listed.witnesses().size() == 2;
    }

    /** Returns the rows that could not be asked for so. */
    private Map<String, Map<String, Object>> atSeveral(
            Map<String, Map<String, Object>> missing, Deployment deployment, Listed listed, Findings findings)
            throws EmqxPlatformException {
        Map<String, Map<String, Object>> left = new LinkedHashMap<>();
        Map<String, Map<String, Object>> batch = new LinkedHashMap<>();
        int length = 0;
        for (Map.Entry<String, Map<String, Object>> one : missing.entrySet()) {
            int more = lengthInQuery(one.getKey());
            if (batch.size() == MOST_AT_ONCE || length + more > LONGEST_QUERY) {
                left.putAll(atBatch(batch, deployment, listed, findings));
                batch.clear();
                length = 0;
            }
            batch.put(one.getKey(), one.getValue());
            length += more;
        }
        left.putAll(atBatch(batch, deployment, listed, findings));
        return left;
    }

    /**
     * One call for several rows, with a row that is there in front of them and one behind: a deployment that takes only one of
     * the ids, or none (generation 5 before 5.6.0), would have all others gone.
     */
    private Map<String, Map<String, Object>> atBatch(
            Map<String, Map<String, Object>> batch, Deployment deployment, Listed listed, Findings findings)
            throws EmqxPlatformException {
        if (severalRefused || batch.isEmpty()) {
            return Map.copyOf(batch);
        }
        List<String> ids = new ArrayList<>();
        String first = form.key(listed.witnesses().get(0));
        String last = form.key(listed.witnesses().get(1));
        ids.add(first);
        ids.addAll(batch.keySet());
        ids.add(last);
        Map<String, Object> values = new HashMap<>();
        values.put(watchable.several(), ids);
        if (listing.parameter("fields").isPresent()) {
            values.put("fields", form.fields());
        }
        Map<String, Map<String, Object>> there = new HashMap<>();
        try {
            calls++;
            deployment.scan(
                    listing,
                    Arguments.of(values),
                    sources.style(),
                    Math.max(sources.pageSize(), MOST_AT_ONCE + 2),
                    form.fields(),
                    table.buffer(row -> {
                        Map<String, Object> found = row.toMap();
                        there.merge(form.key(found), found, ClientTransitions::newer);
                    }));
        } catch (EmqxInvalidRequestException e) {
            severalRefused = true;
            return Map.copyOf(batch);
        }
        if (!there.containsKey(first) || !there.containsKey(last)) {
            // a witness may have left in this moment: it is asked for no longer now, and tried again at the next poll
            return Map.copyOf(batch);
        }
        batch.forEach((key, row) -> {
            Map<String, Object> now = there.get(key);
            if (now == null) {
                findings.gone(key, row);
            } else {
                findings.found(key, row, now);
            }
        });
        return Map.of();
    }

    /** What a value takes of a request line at most. */
    private int lengthInQuery(String value) {
        int length = watchable.several().length() + 2;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            length += plain ? 1 : c < 0x80 ? 3 : 9;
        }
        return length;
    }

    private void atOne(String key, Map<String, Object> row, Deployment deployment, Findings findings)
            throws EmqxPlatformException {
        boolean clients = watchable.kind() == Watchable.Kind.CLIENTS;
        try {
            calls++;
            Object now =
                    deployment.call(confirmation, Arguments.of(identity(row))).body();
            // of other resources one row may look different alone and in a listing: the next listing tells
            Map<String, Object> seen = clients ? form.reduced(fields(now)) : null;
            if (seen != null && !form.key(seen).equals(key)) {
                throw new EmqxProtocolException(
                        FailureDetails.withoutAnswer(confirmation.fullName(), "the answer is not about " + key), null);
            }
            findings.found(key, row, seen);
        } catch (EmqxNotFoundException e) {
            if (clients ? e instanceof EmqxClientOfflineException : !isNotReady(e)) {
                findings.gone(key, row);
            }
        }
    }

    /** What the call needs to know of a row: of its key, and of what was listed. */
    private Map<String, Object> identity(Map<String, Object> row) {
        Map<String, Object> identity = new HashMap<>();
        for (Parameter parameter : confirmation.parameters()) {
            parameter
                    .names()
                    .filter(form.key()::contains)
                    .filter(row::containsKey)
                    .map(row::get)
                    .findFirst()
                    .or(() -> parameter.names().anyMatch("id"::equals) ? watchable.idOf(row) : Optional.empty())
                    .or(() -> Optional.ofNullable(form.given().get(parameter.name())))
                    .ifPresent(value -> identity.put(parameter.name(), value));
        }
        return identity;
    }

    private static Map<String, Map<String, Object>> missingAgain(
            Map<String, Map<String, Object>> missing, Again again, Findings findings) {
        Map<String, Map<String, Object>> left = new LinkedHashMap<>();
        missing.forEach((key, row) -> {
            Map<String, Object> now = again.rows().get(key);
            if (now == null) {
                left.put(key, row);
            } else {
                findings.found(key, row, now);
            }
        });
        return left;
    }

    /** The result of a call for one object; JSON has only text for names. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object found) {
        return (Map<String, Object>) found;
    }
}
