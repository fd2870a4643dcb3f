/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.benchmarks.Results;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Figures without a form of their own: a row for each thing that was measured; or a column, where there are more figures than things. */
final class FlatSection implements Section {

    /** Wider tables are turned. */
    private static final int WIDE = 8;

    @Override
    public void tell(Results results, Page page) {
        List<Figures> things = results.figures().stream().map(Figures::new).toList();
        Set<String> names = new LinkedHashSet<>();
        results.figures().forEach(one -> one.fieldNames().forEachRemaining(names::add));
        page.add(names.size() > WIDE && names.size() > things.size() ? turned(things, names) : straight(things, names));
    }

    private static Table straight(List<Figures> things, Set<String> names) {
        Table table = new Table(names.stream().map(Words::of).toList());
        things.forEach(thing -> table.row(names.stream().map(thing::cell).toList()));
        return table;
    }

    /** What is text says which thing it is. */
    private static Table turned(List<Figures> things, Set<String> names) {
        Set<String> heads = names.stream()
                .filter(name ->
                        things.stream().map(thing -> thing.all().path(name)).allMatch(JsonNode::isTextual))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> columns = new ArrayList<>(List.of(""));
        things.forEach(thing -> columns.add(heads.stream().map(thing::text).collect(Collectors.joining(", "))));
        Table table = new Table(columns);
        for (String name : names) {
            if (!heads.contains(name)) {
                List<String> cells = new ArrayList<>(List.of(Words.of(name)));
                things.forEach(thing -> cells.add(thing.cell(name)));
                table.row(cells);
            }
        }
        return table;
    }
}
