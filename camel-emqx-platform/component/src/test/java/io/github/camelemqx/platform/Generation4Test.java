/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What generation 4 alone does, where no simulator shows it. */
class Generation4Test extends CamelTestSupport {

    @RegisterExtension
    static final WireMockExtension BROKER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setApiUrl(BROKER.baseUrl() + "/api/v4");
        connection.setAppId("id");
        connection.setAppSecret("word-that-is-secret");
        return context;
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        BROKER.resetAll();
        BROKER.stubFor(any(anyUrl()).willReturn(answer));
    }

    private Exchange call(String uri, Object body) {
        return template.request(
                "emqx-platform:" + uri, exchange -> exchange.getMessage().setBody(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"temperature\":20}",
                "{\"code\":7,\"temperature\":20}",
                "{\"code\":0,\"temperature\":20}",
                "{\"message\":\"hello\",\"temperature\":20}"
            })
    void aShadowIsWhateverTheDeviceSays(String json) {
        answers(okJson(json));
        Exchange done = call("shadows?operation=get-state&id=s1", null);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("temperature", 20);
    }

    @Test
    void aShadowThatIsNotThereIsAFailure() {
        answers(okJson("{\"message\":\"not_found\"}"));
        assertThat(call("shadows?operation=get-state&id=s1", null).getException())
                .isInstanceOf(EmqxNotFoundException.class);
    }

    @Test
    void shadowsAreListedByTheirItems() {
        answers(okJson("{\"items\":[{\"shadowID\":\"s1\"}],\"meta\":{\"page\":1,\"limit\":1000,\"count\":1}}"));
        assertThat(call("shadows?operation=list", null).getMessage().getBody())
                .isEqualTo(List.of(Map.of("shadowID", "s1")));
    }

    @Test
    void aBackupTravelsAsText() {
        answers(okJson("{\"code\":0,\"data\":{\"node\":\"n\"}}"));
        String upload = "data?operation=upload&param.filename=b.json";
        assertThat(call(upload, "{\"a\":1}").getException()).isNull();
        assertThat(BROKER.getAllServeEvents().get(0).getRequest().getBodyAsString())
                .isEqualTo("{\"filename\":\"b.json\",\"file\":\"{\\\"a\\\":1}\"}");
        BROKER.resetAll();
        assertThat(call(upload, new byte[] {31, (byte) 0x8b, 8}).getException())
                .isInstanceOf(EmqxInvalidRequestException.class)
                .hasMessageContaining("generation v4 takes a file of text only");
        assertThat(call("data?operation=upload", "{}".getBytes(StandardCharsets.UTF_8))
                        .getException())
                .isInstanceOf(EmqxInvalidRequestException.class)
                .hasMessageContaining("no name for the file");
        assertThat(BROKER.getAllServeEvents()).isEmpty();
    }

    @Test
    void nothingIsTheAnswerOfANodeThatIsDown() {
        answers(aResponse().withStatus(204));
        assertThat(call("clients?operation=get&clientId=c1&param.on_node=n", null)
                        .getException())
                .isInstanceOf(EmqxUnavailableException.class);
    }

    @Test
    void aListenerKeepsItsColons() {
        answers(okJson("{\"code\":0}"));
        assertThat(call("listeners?operation=restart&id=mqtt:tcp:external", null)
                        .getException())
                .isNull();
        assertThat(BROKER.getAllServeEvents().get(0).getRequest().getUrl())
                .isEqualTo("/api/v4/listeners/mqtt:tcp:external/restart");
    }

    @Test
    void rowsOfOneNodeSayWhichItIs() {
        answers(okJson("{\"code\":0,\"data\":[{\"name\":\"hot\",\"activate_at\":1,\"deactivate_at\":\"infinity\"}]}"));
        assertThat(call("alarms?operation=list&param.on_node=n1@host", null)
                        .getMessage()
                        .getBody())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .first(InstanceOfAssertFactories.MAP)
                .containsEntry("node", "n1@host")
                .containsEntry("activated", true);
    }
}
