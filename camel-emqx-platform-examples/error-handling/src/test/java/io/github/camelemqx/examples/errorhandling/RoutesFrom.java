/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import java.util.function.Consumer;
import org.apache.camel.main.Main;

/** Where the recipes come from; they are the same. */
enum RoutesFrom implements Consumer<Main> {
    JAVA {
        @Override
        public void accept(Main camel) {
            Cookbook.recipes(camel);
        }
    },
    YAML {
        @Override
        public void accept(Main camel) {
            camel.configure().withRoutesIncludePattern("classpath:yaml/error-handling.camel.yaml");
        }
    }
}
