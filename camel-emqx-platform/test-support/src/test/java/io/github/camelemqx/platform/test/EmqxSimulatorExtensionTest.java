/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmqxSimulatorExtensionTest {

    @RegisterExtension
    static final EmqxSimulatorExtension emqx = EmqxSimulatorExtension.v5();

    @RepeatedTest(2)
    void beginsEachTestWithAFreshBroker() {
        assertThat(emqx.simulator().clients()).isEmpty();
        emqx.connect("c1");
        emqx.subscribe("c1", "t", 1);
        assertThat(emqx.simulator().client("c1"))
                .get()
                .extracting(SimulatedClient::connected)
                .isEqualTo(true);
        emqx.disconnect("c1");
    }

    @Nested
    class NestedTests {

        @Test
        void shareTheSimulator() throws IOException {
            assertThat(emqx.apiUrl()).isEqualTo(emqx.simulator().apiUrl()).endsWith("/api/v5");
            assertThat(RawHttp.get(emqx.simulator(), "/clients").at("/data")).isEmpty();
        }
    }

    @Nested
    class AsFieldOfTheInstance {

        @RegisterExtension
        final EmqxSimulatorExtension own = EmqxSimulatorExtension.v4();

        @RepeatedTest(2)
        void runsForEachTest() throws IOException {
            own.connect(ClientOptions.of("c1").username("u"));
            assertThat(RawHttp.get(own.simulator(), "/clients/username/u").at("/data"))
                    .hasSize(1);
            assertThat(own.appId() + own.appSecret()).isNotBlank();
        }
    }
}
