/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Where the routes come from; they are the same. */
enum RoutesFrom {
    JAVA {
        @Override
        void into(Main camel, RouteBuilder... sources) {
            camel.configure().addRoutesBuilder(new UserCreation());
            for (RouteBuilder source : sources) {
                camel.configure().addRoutesBuilder(source);
            }
        }
    },
    /** All of them in one file: a source that is not asked for finds nothing. */
    YAML {
        @Override
        void into(Main camel, RouteBuilder... sources) {
            camel.configure().withRoutesIncludePattern("classpath:yaml/provisioning.camel.yaml");
        }
    };

    abstract void into(Main camel, RouteBuilder... sources);
}
