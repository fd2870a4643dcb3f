/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * What a build has registered for a native image.
 *
 * @param features the names of the extensions
 * @param classes reached by reflection, with {@code constructors} and {@code methods} as far as these are
 * @param patterns regular expressions of names of resources
 */
record Registered(Set<String> features, Map<String, Set<String>> classes, List<String> patterns) {

    /** As {@link RegisteredItems} has written it. */
    static Registered in(Path generated) throws IOException {
        Registered registered = new Registered(new HashSet<>(), new HashMap<>(), new ArrayList<>());
        try (JarFile jar = new JarFile(generated.toFile())) {
            byte[] text = jar.getInputStream(jar.getEntry(RegisteredItems.FILE)).readAllBytes();
            new String(text, StandardCharsets.UTF_8).lines().forEach(registered::add);
        }
        return registered;
    }

    private void add(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "feature" -> features.add(words[1]);
            case "class" ->
                classes.computeIfAbsent(words[1], name -> new HashSet<>())
                        .addAll(List.of(words).subList(2, words.length));
            case "resource" -> patterns.add(Pattern.quote(words[1]));
            case "directory" -> patterns.add(Pattern.quote(words[1]) + "/.*");
            case "pattern" -> patterns.add(line.substring("pattern ".length()));
            default -> throw new IllegalArgumentException(line);
        }
    }

    boolean hasResource(String name) {
        return patterns.stream().anyMatch(name::matches);
    }
}
