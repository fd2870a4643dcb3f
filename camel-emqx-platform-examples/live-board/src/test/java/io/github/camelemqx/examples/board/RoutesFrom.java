/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import io.github.camelemqx.platform.test.EmqxSimulator;

/** Where the board's routes come from; they are the same. */
enum RoutesFrom {
    JAVA {
        @Override
        LiveBoard board(EmqxSimulator emqx, int port) {
            return LiveBoard.of(emqx, port);
        }
    },
    YAML {
        @Override
        LiveBoard board(EmqxSimulator emqx, int port) {
            return LiveBoard.of(emqx, port).routes("classpath:yaml/live-board.camel.yaml");
        }
    };

    abstract LiveBoard board(EmqxSimulator emqx, int port);
}
