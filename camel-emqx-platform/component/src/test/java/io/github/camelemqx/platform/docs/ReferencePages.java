/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes the reference: a page for each resource of the catalogue, for options and for headers, and the README's table.
 * The build runs it; what it writes is committed.
 */
public final class ReferencePages {

    private final Catalog catalog = Catalog.load();
    private final Words words = Words.load();
    private final Schema schema = Schema.load();

    /**
     * Writes all pages.
     *
     * @param arguments the folder of the pages, and the README
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path readme = Path.of(arguments[1]);
        ReferencePages reference = new ReferencePages();
        Map<String, String> pages = reference.pages();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Path file = folder.resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue());
        }
        removeOthers(folder, pages);
        Files.writeString(readme, reference.readme(Files.readString(readme)));
    }

    /** All pages by their paths below the folder. */
    Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        pages.put("index.md", new IndexPage(words).text(catalog));
        pages.put("options.md", new OptionsPage().text(schema));
        pages.put("headers.md", new HeadersPage().text(schema));
        try (Replay replay = new Replay(schema)) {
            OperationSection section = new OperationSection(words, Samples.load(), new Evidence(replay));
            for (Resource resource : catalog.resources()) {
                pages.put("resources/" + resource.name() + ".md", new ResourcePage(words, section).text(resource));
            }
        }
        return pages;
    }

    /** The README with its table as it should be. */
    String readme(String readme) {
        return new ReadmeTable(words).in(readme, catalog);
    }

    /** A resource that is gone leaves no page. */
    private static void removeOthers(Path folder, Map<String, String> pages) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!pages.containsKey(folder.relativize(file).toString().replace('\\', '/'))) {
                    Files.delete(file);
                }
            }
        }
    }
}
