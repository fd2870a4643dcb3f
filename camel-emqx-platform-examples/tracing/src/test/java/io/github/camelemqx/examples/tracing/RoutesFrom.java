/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.tracing;

import java.util.function.Consumer;
import org.apache.camel.main.Main;

/** Where the routes come from; they are the same. */
enum RoutesFrom implements Consumer<Main> {
    JAVA {
        @Override
        public void accept(Main camel) {
            camel.configure().addRoutesBuilder(new Doorkeeper());
        }
    },
    YAML {
        @Override
        public void accept(Main camel) {
            camel.configure().withRoutesIncludePattern("classpath:yaml/tracing.camel.yaml");
        }
    }
}
