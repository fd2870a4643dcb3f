/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are none: each is a named failure within its bound, and the next good answer works. */
@ParameterizedClass
@EnumSource(Generation.class)
class FaultsTest extends BothGenerations {

    private static final String LIST = "clients?operation=list";

    /** Far shorter than what is late takes; for all else the usual one will do. */
    private static final String IMPATIENT = "&responseTimeout=700";

    /** What comes later than anybody waits. */
    private static final Set<String> LATE = Set.of("late", "one piece at a time");

    /** One kind of broken answer and what it must become. */
    record Broken(String name, ResponseDefinitionBuilder answer, Class<? extends EmqxPlatformException> exception) {}

    private Stream<Broken> faults() {
        return Stream.of(
                new Broken(
                        "reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), EmqxUnavailableException.class),
                new Broken("no answer", aResponse().withFault(Fault.EMPTY_RESPONSE), EmqxUnavailableException.class),
                // no status line: nobody can tell it from a server that went away
                new Broken(
                        "garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), EmqxUnavailableException.class),
                new Broken(
                        "garbage after the headers",
                        aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                        EmqxProtocolException.class),
                new Broken("late", okJson("{}").withFixedDelay(5000), EmqxUnavailableException.class),
                new Broken(
                        "one piece at a time",
                        okJson("{\"data\":[], \"meta\": {\"page\": 1, \"limit\": 1000, \"hasnext\": false}}")
                                .withChunkedDribbleDelay(20, 6000),
                        EmqxUnavailableException.class),
                new Broken(
                        "cut short", okJson("{\"code\":0,\"data\":[{\"clientid\":\"c1\""), EmqxProtocolException.class),
                new Broken("two answers", okJson("{\"code\":0,\"data\":[]}{}"), EmqxProtocolException.class),
                new Broken(
                        "a page for people",
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>Login</html>"),
                        EmqxProtocolException.class),
                new Broken("nothing", aResponse().withStatus(200), EmqxProtocolException.class),
                new Broken("no list", okJson("{\"code\":0,\"data\":{}}"), EmqxProtocolException.class),
                new Broken("no rows", okJson("{\"code\":0,\"data\":[1,2]}"), EmqxProtocolException.class),
                new Broken("a number", okJson("42"), EmqxProtocolException.class),
                new Broken(
                        "an order of bytes that nobody uses",
                        aResponse().withBody(new byte[] {0, 0, (byte) 0xFF, (byte) 0xFE, '{', 0, 0, 0}),
                        EmqxProtocolException.class),
                new Broken("nested", okJson("[".repeat(100_000)), EmqxProtocolException.class),
                new Broken(
                        "a redirect",
                        aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:1/"),
                        EmqxProtocolException.class),
                new Broken(
                        "a gateway without a broker",
                        aResponse().withStatus(502).withBody("<html>Bad Gateway</html>"),
                        EmqxUnavailableException.class),
                new Broken("closed", aResponse().withStatus(503), EmqxUnavailableException.class),
                new Broken("slow gateway", aResponse().withStatus(504), EmqxUnavailableException.class));
    }

    @TestFactory
    Stream<DynamicTest> listings() {
        return faults().map(fault -> DynamicTest.dynamicTest(fault.name(), () -> check(fault, LIST, Map.of())));
    }

    @TestFactory
    Stream<DynamicTest> calls() {
        return faults()
                // what is no list of rows is for a call of one object judged by other tests
                .filter(fault ->
                        !List.of("no list", "no rows", "one piece at a time").contains(fault.name()))
                .map(fault -> DynamicTest.dynamicTest(
                        fault.name(),
                        () -> check(fault, "clients?operation=get", Map.of(EmqxPlatformConstants.CLIENT_ID, "c1"))));
    }

    private void check(Broken fault, String uri, Map<String, Object> headers) {
        emqx.reset();
        emqx.connect("c1");
        emqx.wireMock().stubFor(any(urlPathMatching("/api/.*")).atPriority(1).willReturn(fault.answer()));
        Exchange done = call(LATE.contains(fault.name()) ? uri + IMPATIENT : uri, null, headers);
        assertThat(done.getException()).isInstanceOf(fault.exception());
        // nothing but what is late is waited for until the time is over
        assertThat(done.getException().getMessage().contains("no complete answer"))
                .isEqualTo(LATE.contains(fault.name()));
        assertThat(done.getException().getMessage()).startsWith(uri.replaceAll("\\?operation=(\\w+).*", ":$1"));
        emqx.reset();
        emqx.connect("c1");
        assertThat(result(uri, null, headers)).isNotNull();
    }

    @Test
    void aRedirectIsNotFollowed() {
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients(_v2)?"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(307).withHeader("Location", emqx.baseUrl() + "/elsewhere")));
        Consumer<String> refused = uri -> assertThat(call(uri, null, Map.of()).getException())
                .isInstanceOf(EmqxProtocolException.class)
                .hasMessageContaining("HTTP 307");
        refused.accept("clients?operation=list");
        refused.accept("clients?operation=list&http.followRedirects=true");
        assertThat(emqx.wireMock().getAllServeEvents())
                .noneMatch(event -> event.getRequest().getUrl().contains("elsewhere"));
    }

    @Test
    void tooManyCallsTellWhenToComeBack() {
        emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "7")));
        EmqxRateLimitException seconds = failure(EmqxRateLimitException.class, LIST, null, Map.of());
        assertThat(seconds.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(seconds.retryable()).isTrue();
        String date = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(2).format(DateTimeFormatter.RFC_1123_DATE_TIME);
        emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(429).withHeader("Retry-After", date)));
        assertThat(failure(EmqxRateLimitException.class, LIST, null, Map.of()).retryAfter())
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
        emqx.wireMock()
                .stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(429)));
        assertThat(failure(EmqxRateLimitException.class, LIST, null, Map.of()).retryAfter())
                .isNull();
    }

    @Test
    void aDeploymentThatIgnoresPagingIsAnError() {
        for (int i = 0; i < 30; i++) {
            emqx.connect("c" + i);
        }
        String wrong = v5() ? "underscore" : "plain";
        // the default page is large: make the broker give a small one whatever it is asked
        String page =
                "{\"code\":0,\"meta\":{\"page\":1,\"limit\":10,\"hasnext\":true,\"count\":30},\"data\":[{\"clientid\":\"c1\"}]}";
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients"))
                        .atPriority(1)
                        .willReturn(okJson(v5() ? page.replace("\"code\":0,", "") : page)));
        for (String paging : List.of("all", "page&param.page=2")) {
            Exchange done = call("clients?operation=list&pagingStyle=" + wrong + "&paging=" + paging, null, Map.of());
            assertThat(done.getException())
                    .isInstanceOf(EmqxProtocolException.class)
                    .hasMessageContaining("asked for page 2, the deployment gave 1")
                    .hasMessageContaining("option pagingStyle");
        }
    }

    @Test
    void aLimitThatGivesNoRowsEnds() {
        // generation 4 answers _limit=0 with hasnext and no rows (recording v4 47)
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients"))
                        .atPriority(1)
                        .willReturn(okJson((v5() ? "{" : "{\"code\":0,")
                                + "\"meta\":{\"page\":1,\"limit\":0,\"hasnext\":true,\"count\":3},\"data\":[]}")));
        assertThat(rows("clients?operation=list&pagingStyle=" + (v5() ? "plain" : "underscore")))
                .isEmpty();
    }

    @Test
    void aListingWithoutHasnextEndsWithAShortPage() {
        for (int i = 0; i < 25; i++) {
            emqx.ban("clientid", "c" + i, null);
        }
        // unfiltered bans tell no hasnext (recordings v5 107, v4 173)
        assertThat(rows("banned?operation=list&pageSize=10")).hasSize(25);
        assertThat(rows("banned?operation=list&pageSize=25")).hasSize(25);
    }

    @Test
    void theGenerationIsFoundOut() {
        emqx.connect("c1");
        for (String url : List.of(emqx.baseUrl(), emqx.baseUrl() + "/", emqx.baseUrl() + "/api")) {
            assertThat(rows("clients?operation=list&apiUrl=" + url)).as(url).hasSize(1);
        }
        assertThat(rows("clients?operation=list&apiUrl=" + emqx.baseUrl() + "&apiVersion=" + version()))
                .hasSize(1);
        if (!v5()) {
            assertThat(rows("clients?operation=list&apiVersion=v4&apiUrl=" + emqx.baseUrl() + "/api"))
                    .hasSize(1);
        }
    }

    @Test
    void wrongCredentialsEndTheSearchForTheGeneration() {
        assertThat(call("clients?operation=list&appSecret=wrong&apiUrl=" + emqx.baseUrl(), null, Map.of())
                        .getException())
                .isInstanceOf(EmqxPlatformException.class)
                .extracting(failure -> ((EmqxPlatformException) failure).httpStatus())
                .isIn(401);
    }

    @Test
    void anAnswerThatIsCutShortSaysNothingOfTheGeneration() {
        emqx.wireMock().stubFor(any(urlPathMatching("/api/.*")).atPriority(1).willReturn(okJson("{\"data\":[")));
        assertThat(call("clients?operation=list&apiUrl=" + emqx.baseUrl(), null, Map.of())
                        .getException())
                .isInstanceOf(EmqxProtocolException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void noApiAnywhereIsSaid() {
        emqx.wireMock()
                .stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(404)));
        assertThat(call("clients?operation=list&apiUrl=" + emqx.baseUrl(), null, Map.of())
                        .getException())
                .isInstanceOf(EmqxProtocolException.class)
                .hasMessageContaining("no EMQX API answers at /api/v5, /api/v4, /api");
    }
}
