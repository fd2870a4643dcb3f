/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.Locale;

/** Names of JSON and of constants as people say them. */
final class Words {

    private Words() {}

    /** {@code heapBytesPerClient} is "heap bytes per client", {@code CREATE_USER} "create user", {@code in-flight} "in flight". */
    static String of(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .replace('_', ' ')
                .replace('-', ' ')
                .toLowerCase(Locale.ROOT);
    }

    /** The same with a capital. */
    static String headline(String name) {
        String words = of(name);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
