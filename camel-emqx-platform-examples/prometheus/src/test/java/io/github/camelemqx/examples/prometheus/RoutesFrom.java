/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.prometheus;

import io.github.camelemqx.platform.test.EmqxSimulator;

/** Where the routes come from; they are the same. */
enum RoutesFrom {
    JAVA {
        @Override
        PrometheusMetrics metrics(EmqxSimulator emqx) {
            return PrometheusMetrics.of(emqx);
        }
    },
    YAML {
        @Override
        PrometheusMetrics metrics(EmqxSimulator emqx) {
            return PrometheusMetrics.of(emqx).routes("classpath:yaml/prometheus.camel.yaml");
        }
    };

    abstract PrometheusMetrics metrics(EmqxSimulator emqx);
}
