/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelemqx.platform.EmqxPlatformConstants.COUNT;
import static io.github.camelemqx.platform.EmqxPlatformConstants.HAS_NEXT;
import static io.github.camelemqx.platform.EmqxPlatformConstants.PAGE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.PARAMETERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.TrialCatalog;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a row of data can say of texts, open rows, rows together, whole listings, numbers and arrays. */
@ParameterizedClass
@EnumSource(Generation.class)
class RowsOfDataTest extends BothGenerations {

    private static final String CREATE = "connectors?operation=create";

    @Override
    Catalog catalog() {
        return TrialCatalog.load();
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stream")
                        .to("emqx-platform:backups?operation=list&paging=stream")
                        .process(exchange -> {
                            List<Object> rows = new ArrayList<>();
                            Iterator<?> streamed = exchange.getMessage().getBody(Iterator.class);
                            streamed.forEachRemaining(rows::add);
                            exchange.getMessage().setBody(rows);
                        });
            }
        };
    }

    private void answer(ResponseDefinitionBuilder answer) {
        emqx.wireMock().stubFor(any(urlPathMatching("/api/.*")).atPriority(1).willReturn(answer));
    }

    private void answerData(String json) {
        answer(okJson(v5() ? json : "{\"code\":0,\"data\":" + json + "}"));
    }

    private Request request() {
        return emqx.wireMock().getAllServeEvents().get(0).getRequest();
    }

    @Test
    void aTextIsTheBody() {
        answer(aResponse()
                .withHeader("Content-Type", "text/plain; version=0.0.4")
                .withBody("emqx_x{node=\"ü\"} 1\n"));
        assertThat(result("telemetry?operation=stats")).isEqualTo("emqx_x{node=\"ü\"} 1\n");
        assertThat(request().getHeader("Accept")).isEqualTo("text/plain, */*;q=0.1");
        assertThat(request().getUrl()).endsWith(v5() ? "/prometheus/stats" : "/emqx_prometheus?type=prometheus");
        answer(aResponse()
                .withStatus(404)
                .withHeader("Content-Type", "text/plain")
                .withBody("Not found."));
        assertThat(failure(EmqxNotFoundException.class, "telemetry?operation=stats", null, Map.of()))
                .hasMessageContaining("Not found.");
    }

    @Test
    void aTextInJsonIsTakenOut() {
        String log = "telemetry?operation=log&param.name=t1";
        String answered = "{\"code\":0,\"data\":{\"items\":\"line\\n\",\"meta\":{}}}";
        answer(okJson(answered));
        assertThat(result(log)).isEqualTo(v5() ? answered : "line\n");
        if (!v5()) {
            answer(okJson("{\"message\":\"not_found\"}"));
            failure(EmqxNotFoundException.class, log, null, Map.of());
        }
    }

    @Test
    void aTextIsSentAsItIs() {
        answer(v5() ? aResponse().withBody("done") : okJson("{\"code\":0}"));
        for (Object body : new Object[] {
            "log.level = \"ü\"",
            "log.level = \"ü\"".getBytes(StandardCharsets.UTF_8),
            new ByteArrayInputStream("log.level = \"ü\"".getBytes(StandardCharsets.UTF_8))
        }) {
            assertThat(result("settings?operation=update&param.mode=merge", body))
                    .isNull();
            assertThat(request().getBody()).asString(StandardCharsets.UTF_8).isEqualTo("log.level = \"ü\"");
        }
        assertThat(request().getHeader("Content-Type")).isEqualTo("text/plain");
        assertThat(request().getUrl()).endsWith("/configs?mode=merge");
        result("settings?operation=update", Map.of("log", Map.of("level", "info")));
        assertThat(request().getBody()).asString().isEqualTo("{\"log\":{\"level\":\"info\"}}");
        failure(EmqxInvalidRequestException.class, "settings?operation=update", null, Map.of());
    }

    @Test
    void secretsOfATextAreNotPrinted() {
        answer(aResponse().withStatus(400).withBody("bad value hide-me-1 near hide-me-2 and hide-me-3"));
        EmqxInvalidRequestException refused = failure(
                EmqxInvalidRequestException.class,
                "settings?operation=update",
                "mysql { password = \"hide-me-1\", auth.secret=hide-me-2 }\n{\"api_key\" : \"hide-me-3\"}",
                Map.of());
        assertThat(refused).hasMessageContaining("bad value ***").hasMessageNotContaining("hide-me");
    }

    @Test
    void nothingMeansAnySuccess() {
        if (v5()) {
            for (ResponseDefinitionBuilder success : List.of(
                    aResponse().withStatus(200),
                    aResponse().withStatus(201).withBody("created"),
                    aResponse()
                            .withStatus(202)
                            .withHeader("Content-Type", "text/html")
                            .withBody("<html>"),
                    okJson("{\"any\":1}"),
                    aResponse().withStatus(204))) {
                answer(success);
                assertThat(result("settings?operation=update", "x")).isNull();
            }
        } else {
            answer(aResponse().withStatus(200));
            assertThat(call("settings?operation=update", "x", Map.of()).getException())
                    .isInstanceOf(EmqxPlatformException.class);
        }
    }

    @Test
    void fieldsThatAreNoParametersPassAnOpenRow() {
        answerData("{\"name\":\"c1\"}");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("server", "10.0.0.1:1883");
        row.put("none", null);
        row.put("ssl", Map.of("enable", false));
        row.put("enable", false);
        row.put("type", "mqtt");
        assertThat(row(CREATE + "&param.name=c1", row)).containsEntry("name", "c1");
        assertThat(request().getBodyAsString())
                .isEqualTo((v5() ? "{\"type\":" : "{\"kind\":") + "\"mqtt\",\"name\":\"c1\","
                        + "\"server\":\"10.0.0.1:1883\",\"none\":null,\"ssl\":{\"enable\":false},\"enable\":true}");
        row(CREATE, "{\"type\":\"mqtt\",\"bridge_mode\":true}");
        assertThat(request().getBodyAsString()).contains("\"bridge_mode\":true");
    }

    @Test
    void onlyTheBodyIsOpen() {
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        CREATE,
                        Map.of("type", "mqtt"),
                        Map.of(PARAMETERS, Map.of("server", "x"))))
                .hasMessageContaining("connectors:create has no parameter 'server'");
        assertThat(catchThrowable(() -> result(CREATE + "&param.server=x", Map.of("type", "mqtt"))))
                .hasStackTraceContaining("connectors:create has no parameter 'server'");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "connectors?operation=create",
                        Map.of("server", "x"),
                        Map.of()))
                .hasMessageContaining("no value for type");
        if (!v5()) {
            assertThat(failure(EmqxInvalidRequestException.class, CREATE, Map.of("type", "a", "kind", "b"), Map.of()))
                    .hasMessageContaining("field kind is there already");
        }
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void secretsOfAnOpenRowAreNotPrinted() {
        answer(aResponse().withStatus(400).withBody("hide-me-1 hide-me-2 hide-me-3 shown"));
        EmqxInvalidRequestException refused = failure(
                EmqxInvalidRequestException.class,
                CREATE,
                Map.of(
                        "type",
                        "shown",
                        "password",
                        "hide-me-1",
                        "ssl",
                        List.of(Map.of("key_password", "hide-me-2")),
                        "parameters",
                        Map.of("secret_key", "hide-me-3")),
                Map.of());
        assertThat(refused).hasMessageContaining("*** *** *** shown").hasMessageNotContaining("hide-me");
        EmqxInvalidRequestException rows = failure(
                EmqxInvalidRequestException.class,
                "connectors?operation=replace&param.kind=k",
                List.of(Map.of("name", "c1", "password", "hide-me-1", "x", Map.of("token", "hide-me-2"))),
                Map.of());
        assertThat(rows).hasMessageNotContaining("hide-me-1").hasMessageNotContaining("hide-me-2");
    }

    @Test
    void rowsTogetherAreTheBodyOfOneRequest() {
        answerData("[{\"topic\":\"a\",\"qos\":1},{\"topic\":\"b\",\"qos\":2}]");
        String set = "settings?operation=auto-subscribe&param.qos=1";
        List<Map<String, Object>> answered = rows(set, List.of(Map.of("topic", "a"), Map.of("topic", "b", "qos", "2")));
        assertThat(answered).extracting(row -> row.get("topic")).containsExactly("a", "b");
        assertThat(request().getBodyAsString())
                .isIn(
                        "[{\"topic\":\"a\",\"qos\":1},{\"topic\":\"b\",\"qos\":2}]",
                        "[{\"qos\":1,\"topic\":\"a\"},{\"qos\":2,\"topic\":\"b\"}]");
        assertThat(emqx.wireMock().getAllServeEvents()).hasSize(1);
        rows("settings?operation=auto-subscribe", Map.of("topic", "a"));
        assertThat(request().getBodyAsString()).isEqualTo("[{\"topic\":\"a\"}]");
        rows("settings?operation=auto-subscribe", "[]");
        assertThat(request().getBodyAsString()).isEqualTo("[]");
    }

    @Test
    void rowsTogetherAreCheckedOneByOne() {
        String set = "settings?operation=auto-subscribe";
        assertThat(failure(EmqxInvalidRequestException.class, set, List.of(Map.of("qos", 1)), Map.of()))
                .hasMessageContaining("row 0: no value for topic");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        set,
                        List.of(Map.of("topic", "a"), Map.of("topic", "b", "qso", 1)),
                        Map.of()))
                .hasMessageContaining("no parameter 'qso'")
                .hasMessageContaining("row 1");
        assertThat(failure(EmqxInvalidRequestException.class, set, null, Map.of()))
                .hasMessageContaining("must be a list of rows");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "connectors?operation=replace",
                        List.of(Map.of("name", "a")),
                        Map.of()))
                .hasMessageContaining("no value for kind");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "connectors?operation=replace&param.kind=k",
                        List.of(Map.of("name", "a", "kind", "other")),
                        Map.of()))
                .hasMessageContaining("row 0: kind is of the call");
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void openRowsTogetherHaveTheirPathFromTheCall() {
        answer(v5() ? aResponse().withStatus(204) : okJson("{\"code\":0}"));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("server", "s");
        row.put("name", "a");
        result("connectors?operation=replace&param.kind=k%201", List.of(row));
        assertThat(request().getUrl()).endsWith("/kinds/k%201/" + (v5() ? "connectors" : "resources"));
        assertThat(request().getBodyAsString()).isEqualTo("[{\"name\":\"a\",\"server\":\"s\"}]");
    }

    @Test
    void aListingThatComesWholeIsAskedForWithoutPages() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching("/api/.*/data/(files|export)"))
                        .atPriority(1)
                        .willReturn(okJson(
                                v5()
                                        ? "{\"data\":[{\"filename\":\"a\"}],\"meta\":{\"page\":1,\"limit\":1,\"count\":1,\"hasnext\":false}}"
                                        // recording v4 443
                                        : "{\"data\":[{\"filename\":\"a\"}],\"code\":0}")));
        String list = "backups?operation=list";
        for (String uri : List.of(
                list, list + "&pageSize=1", list + "&paging=page", list + "&param.page=1", list + "&param.limit=1")) {
            assertThat(rows(uri)).containsExactly(Map.of("filename", "a"));
            if (v5()) {
                assertThat(request().getUrl()).contains("page=1", "limit=");
            } else {
                assertThat(request().getUrl()).endsWith("/data/export");
            }
        }
        assertThat(template.requestBody("direct:stream", (Object) null)).isEqualTo(List.of(Map.of("filename", "a")));
        if (!v5()) {
            Exchange page = call(list + "&param.page=7&pageSize=1", null, Map.of());
            assertThat(page.getMessage().getHeaders())
                    .containsEntry(PAGE, 1)
                    .containsEntry(COUNT, 1L)
                    .containsEntry(HAS_NEXT, false);
            assertThat(request().getUrl()).endsWith("/data/export");
        }
        assertThat(emqx.wireMock().getAllServeEvents()).hasSize(v5() ? 6 : 7);
    }

    @Test
    void aListMayComeInAnObject() {
        answer(okJson(v5() ? "{\"data\":[{\"name\":\"a\"}]}" : "{\"code\":0,\"data\":[{\"name\":\"a\"}],\"meta\":{}}"));
        assertThat(rows("connectors?operation=list")).containsExactly(Map.of("name", "a"));
        answerData("[{\"name\":\"a\"}]");
        assertThat(rows("connectors?operation=list")).containsExactly(Map.of("name", "a"));
        answerData("{\"rows\":[]}");
        assertThat(call("connectors?operation=list", null, Map.of()).getException())
                .isInstanceOf(EmqxPlatformException.class)
                .hasMessageContaining("is not a list");
    }

    @Test
    void numbersHaveDecimalsAndSeveralValuesAreAnArray() {
        answer(v5() ? aResponse().withStatus(204) : okJson("{\"code\":0}"));
        result("settings?operation=tune&param.ratio=0.25&param.watermark=80.5&param.actions=one");
        assertThat(request().getBodyAsString()).isEqualTo("{\"ratio\":0.25,\"actions\":[\"one\"]}");
        assertThat(request().getUrl()).endsWith("/tuned?watermark=80.5");
        Map<String, Object> row = new HashMap<>();
        row.put("ratio", 1);
        row.put("actions", List.of("one", "two"));
        row.put("times", "1970-01-01T00:01:00Z");
        result("settings?operation=tune&param.watermark=80", row);
        assertThat(request().getBodyAsString())
                .contains("\"ratio\":1", "\"actions\":[\"one\",\"two\"]", "\"times\":[60]");
        assertThat(request().getUrl()).endsWith("/tuned?watermark=80");
        assertThat(failure(
                        EmqxInvalidRequestException.class, "settings?operation=tune", Map.of("ratio", 1.01), Map.of()))
                .hasMessageContaining("Parameter ratio must be from 0 to 1, not 1.01");
    }
}
