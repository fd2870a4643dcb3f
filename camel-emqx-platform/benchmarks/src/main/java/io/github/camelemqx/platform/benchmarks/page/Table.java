/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of Markdown; columns of numbers are at the right, and columns of nothing are left out. */
final class Table {

    private static final Pattern NUMBER = Pattern.compile("\\**[-0-9±].*");

    private final List<String> names;
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Adds a row with a cell for each name; an empty one says nothing. */
    Table row(List<String> cells) {
        if (cells.size() != names.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + names.size() + " columns: " + cells);
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The table with an empty line behind; nothing where there is no row. */
    String text() {
        List<Integer> columns = IntStream.range(0, names.size())
                .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
                .boxed()
                .toList();
        if (columns.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(line(names, columns));
        text.append(columns.stream()
                .map(column -> isOfNumbers(column) ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |\n")));
        rows.forEach(row -> text.append(line(row, columns)));
        return text.append('\n').toString();
    }

    private boolean isOfNumbers(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || NUMBER.matcher(cell).matches());
    }

    private static String line(List<String> cells, List<Integer> columns) {
        return columns.stream().map(cells::get).map(Table::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A cell ends at a bar; and no line ends within a number. */
    private static String escaped(String cell) {
        return cell.replace("|", "\\|").replaceAll("(?<=\\d) (?=\\d{3}(\\D|$))", "\u00a0");
    }
}
