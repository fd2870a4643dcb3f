/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Watches rows of a listing: compares each complete listing with the state. Rows that are there are true as seen; rows
 * that are missing are judged by {@link Removals}.
 */
final class RowWatch extends Watch {

    private final WatchSettings settings;
    private final Sources sources;
    private final Rows rows;
    private final NewFields newFields;
    private final Operation listing;
    private final Transitions transitions;
    private final NodeView nodes;
    private final Removals removals;
    private final Map<String, Object> filters;
    private final RowForm form;

    RowWatch(WatchSettings settings, Operation nodes, Sources sources) {
        super(settings, sources);
        Watchable watchable = settings.watchable();
        this.settings = settings;
        this.sources = sources;
        this.listing = settings.resource().operation(watchable.listing());
        this.transitions = watchable.kind() == Watchable.Kind.CLIENTS
                ? new ClientTransitions(settings.fields())
                : new RowTransitions(settings.fields());
        this.filters = new HashMap<>(watchable.filters());
        filters.putAll(sources.filters().values());
        this.form = RowForm.of(settings, Map.copyOf(filters));
        if (listing.parameter("fields").isPresent()) {
            filters.put("fields", List.copyOf(form.kept()));
        }
        this.nodes = watchable.node() == null ? null : new NodeView(nodes, notes());
        this.removals = new Removals(settings, transitions, this.nodes, form, this::known);
        this.rows = new Rows(sources.state());
        this.newFields = new NewFields(newFields());
        if (hasBaseline()) {
            rows.read();
            restore();
            newFields.lackedBy(rows.keys());
            newFields.lackedBy(outbox().keys());
        }
    }

    @Override
    void look() throws EmqxPlatformException {
        Deployment deployment = sources.deployment().get();
        Instant now = sources.clock().instant();
        Optional<Set<String>> before = nodes == null ? Optional.empty() : nodes.running(deployment, now);
        Map<String, Map<String, Object>> seen = listed(deployment);
        if (!hasBaseline() && !settings.emitInitial()) {
            seen.forEach(rows::put);
            baseline();
            return;
        }
        List<WatchEvent> events = new ArrayList<>();
        seen.forEach((key, row) -> {
            if (!outbox().holds(key)) {
                emit(key, transitions.between(known(key, row), row), now, events);
            }
        });
        // what is there is true whatever comes of the second look
        outbox().add(events);
        baseline();
        Set<String> missing = rows.keys().stream()
                .filter(key -> !seen.containsKey(key) && !outbox().holds(key))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            Optional<Set<String>> after = nodes == null ? Optional.empty() : nodes.running(deployment, now);
            removals.judge(deployment, missing, rows, before, after, now, () -> listed(deployment), (key, steps) -> {
                List<WatchEvent> removed = new ArrayList<>();
                emit(key, steps, now, removed);
                outbox().add(removed);
            });
        }
    }

    private Map<String, Map<String, Object>> listed(Deployment deployment) throws EmqxPlatformException {
        Map<String, Map<String, Object>> seen = new LinkedHashMap<>();
        try {
            deployment.forEach(listing, Arguments.of(filters), sources.style(), sources.pageSize(), listed -> {
                Map<String, Object> row = form.reduced(listed);
                seen.merge(form.key(row), row, this::newer);
            });
        } catch (EmqxNotFoundException e) {
            // to be the only row there is, and not to be there
            if (listing.result() != ResultShape.OBJECT || Removals.isNotReady(e)) {
                throw e;
            }
        }
        return seen;
    }

    /** One id listed twice: a takeover under way, and the later connection is right (clusters.md, v5 (f)). */
    private Map<String, Object> newer(Map<String, Object> one, Map<String, Object> other) {
        int later = Times.compare(other.get("connected_at"), one.get("connected_at"));
        if (later != 0) {
            return later > 0 ? other : one;
        }
        // generation 4 has seconds only: the row on the other node than before is the new one
        Map<String, Object> before = rows.get(form.key(one));
        boolean oneIsOld =
                before != null && one.get("node") != null && one.get("node").equals(before.get("node"));
        return oneIsOld ? other : one;
    }

    private void emit(String key, List<Transition> steps, Instant now, List<WatchEvent> into) {
        for (Transition step : steps) {
            if (settings.events().contains(step.type())) {
                String resource = settings.resource().name();
                Map<String, Object> fields = step.row() == null ? step.before() : step.after();
                String name = form.name(fields);
                ResourceChange change =
                        new ResourceChange(resource, step.type(), name, step.before(), step.after(), now);
                into.add(new WatchEvent(ids().next(), step.type(), key, name, fields, change, now, step.row()));
            } else if (into.stream().noneMatch(event -> event.key().equals(key))) {
                // nobody wants to hear of it: it is as if it had been delivered
                moveOn(key, step.row());
            }
        }
    }

    @Override
    void moveOn(String key, Map<String, Object> row) {
        if (row == null) {
            rows.remove(key);
        } else {
            rows.put(key, row);
        }
    }

    /** What is known of a row, to compare with how it is seen now; null for a row that is new. */
    private Map<String, Object> known(String key, Map<String, Object> seen) {
        Map<String, Object> row = rows.get(key);
        if (row == null || !newFields.areDue(key)) {
            return row;
        }
        Map<String, Object> completed = newFields.completed(row, seen);
        rows.put(key, completed);
        return completed;
    }

    @Override
    boolean haveNewFields() {
        return newFields.areIn(key -> rows.contains(key) || outbox().holds(key));
    }
}
