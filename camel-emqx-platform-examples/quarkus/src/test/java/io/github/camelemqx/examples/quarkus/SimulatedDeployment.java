/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A deployment for the tests of a class, told to the application as a real one would be. It is down at first. */
public class SimulatedDeployment implements QuarkusTestResourceLifecycleManager {

    private Generation generation;
    private EmqxSimulator emqx;
    private StubMapping down;

    @Override
    public void init(Map<String, String> arguments) {
        generation = Generation.valueOf(arguments.get("generation"));
    }

    @Override
    public Map<String, String> start() {
        emqx = EmqxSimulator.start(generation);
        goDown();
        return Map.of("EMQX_API_URL", emqx.apiUrl(), "EMQX_APP_ID", emqx.appId(), "EMQX_APP_SECRET", emqx.appSecret());
    }

    @Override
    public void inject(TestInjector test) {
        test.injectIntoFields(this, new TestInjector.MatchesType(SimulatedDeployment.class));
    }

    @Override
    public void stop() {
        emqx.close();
    }

    EmqxSimulator emqx() {
        return emqx;
    }

    /** Every call is answered with the API's own code for it. */
    void goDown() {
        down = emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503).withBody("{\"code\":101,\"message\":\"down\"}")));
    }

    void comeBack() {
        emqx.wireMock().removeStub(down);
    }
}
