/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import org.junit.jupiter.api.AfterAll;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Against a broker of generation 4. */
class PresenceV4Test extends PresenceTest {

    private static final EmqxSimulator EMQX = EmqxSimulator.start(Generation.V4);

    PresenceV4Test() {
        super(EMQX);
    }

    @DynamicPropertySource
    static void deployment(DynamicPropertyRegistry properties) {
        connect(properties, EMQX);
    }

    @AfterAll
    static void stop() {
        EMQX.close();
    }
}
