/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Resources and operations in a line. */
final class Summary {

    private Summary() {}

    /** The generations that have any operation of a resource. */
    static List<Generation> generations(Resource resource) {
        List<Generation> generations = new ArrayList<>();
        for (Generation generation : Generation.values()) {
            for (Operation operation : resource.operations().values()) {
                if (operation.generations().contains(generation) && !generations.contains(generation)) {
                    generations.add(generation);
                }
            }
        }
        return generations;
    }

    static String labels(Collection<Generation> generations) {
        return generations.stream().map(Generation::label).collect(Collectors.joining(", "));
    }

    /** The events of a resource's watch, empty where it cannot be watched. */
    static String events(Words words, Resource resource) {
        return resource.watchable()
                .map(watchable -> words.of("watch", watchable.kind()))
                .orElse("");
    }

    /** What stands before the first full stop that ends a sentence. */
    static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
