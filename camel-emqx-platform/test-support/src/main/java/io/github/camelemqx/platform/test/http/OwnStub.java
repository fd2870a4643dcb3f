/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.standalone.MappingsSource;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import java.util.List;
import java.util.UUID;

/** The one stub that a reset server has: the simulator answers everything. Files under src/test/resources/mappings are somebody else's. */
public final class OwnStub implements MappingsSource {

    private static final int PRIORITY = 10;

    @Override
    public void loadMappingsInto(StubMappings stubs) {
        stubs.addMapping(any(anyUrl())
                .atPriority(PRIORITY)
                .willReturn(aResponse().withTransformers(SimulatorTransformer.NAME))
                .build());
    }

    @Override
    public void save(List<StubMapping> stubMappings) {
        throw unsaved();
    }

    @Override
    public void save(StubMapping stubMapping) {
        throw unsaved();
    }

    /** Deprecated, but WireMock 3 still has no default for it. */
    @Override
    @SuppressWarnings("removal")
    public void remove(StubMapping stubMapping) {
        throw unsaved();
    }

    @Override
    public void remove(UUID stubId) {
        throw unsaved();
    }

    @Override
    public void removeAll() {
        throw unsaved();
    }

    private static UnsupportedOperationException unsaved() {
        return new UnsupportedOperationException("Stubs of the simulator are not kept in files");
    }
}
