/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.test.Generation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that do not say what they are about are about nothing that a watch knows. */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchNamelessTest extends WatchedRows {

    private Throwable failure() {
        return ((EmqxPlatformComponent) context.getComponent("emqx-platform"))
                .watches()
                .get(0)
                .failure();
    }

    @Test
    void aRowWithoutItsKeyEndsThePoll() throws Exception {
        emqx.connect("c1");
        watch("clients");
        emqx.connect("c2");
        stubOnce("clients(_v2)?", emptyPage().replace("\"data\":[]", "\"data\":[{\"connected\":true}]"));
        polls.poll();
        assertThat(failure())
                .isInstanceOf(EmqxProtocolException.class)
                .hasMessageContaining("does not say what it is: it lacks [clientid]");
        assertTold();
        polls.poll();
        assertThat(failure()).isNull();
        assertTold("connected c2");
    }

    @Test
    void aSecondLookThatIsAboutAnotherRowEndsThePoll() throws Exception {
        emqx.connect("c1");
        emqx.connect("c2");
        watch("clients");
        emqx.disconnect("c1");
        String other = "{\"clientid\":\"c2\",\"connected\":true}";
        StubMapping wrong = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients/c1"))
                        .atPriority(1)
                        .willReturn(okJson(v5() ? other : "{\"code\":0,\"data\":[" + other + "]}")));
        polls.poll();
        assertThat(failure())
                .isInstanceOf(EmqxProtocolException.class)
                .hasMessageContaining("the answer is not about c1");
        assertTold();
        emqx.wireMock().removeStub(wrong);
        polls.poll();
        assertTold("disconnected c1");
    }
}
