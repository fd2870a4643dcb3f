/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.deploymentschedule;

import java.util.function.Consumer;
import org.apache.camel.main.Main;

/** Where the routes come from; they are the same. */
enum RoutesFrom implements Consumer<Main> {
    JAVA {
        @Override
        public void accept(Main camel) {
            ScheduleDemo.routes(camel);
        }
    },
    YAML {
        @Override
        public void accept(Main camel) {
            camel.configure().withRoutesIncludePattern("classpath:yaml/deployment-schedule.camel.yaml");
        }
    }
}
