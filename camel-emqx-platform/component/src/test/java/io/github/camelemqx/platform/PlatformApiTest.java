/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PlatformRequest;
import io.github.camelemqx.platform.test.SimulatedDeployment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation of the account-level API through a route, what becomes of its failures, and whose key goes where. */
class PlatformApiTest extends OnThePlatform {

    private static final String SECRET = "word-that-is-secret";
    private static final Map<String, Object> CERTIFICATE = Map.of("tlsType", "one-way", "cert", "C", "key", SECRET);

    @Test
    void projectsAreListed() {
        assertThat(rows("projects?operation=list"))
                .containsExactly(Map.of("projectID", "p1", "projectName", "first", "description", ""));
    }

    @Test
    void deploymentsAreListedAsTheApiHasThem() {
        Exchange listed = done("deployments?operation=list");
        assertThat(listed.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(200);
        assertThat(listed.getMessage().getHeader(EmqxPlatformConstants.COUNT)).isEqualTo(1L);
        Map<String, Object> row = rows("deployments?operation=list").get(0);
        assertThat(row)
                .containsOnlyKeys(
                        "connections",
                        "tps",
                        "createAt",
                        "deploymentID",
                        "deploymentName",
                        "deploymentType",
                        "platform",
                        "projectName",
                        "region",
                        "status",
                        "version")
                .containsEntry("deploymentID", id)
                .containsEntry("createAt", platform.deployment(id).orElseThrow().createAt());
        assertThat(row("deployments?operation=get&id=" + id)).isEqualTo(row);
    }

    @Test
    void theDeploymentMayBeNamedInEveryWay() {
        assertThat(row("deployments?operation=get&param.deployment_id=" + id)).containsEntry("deploymentID", id);
        assertThat(row("deployments?operation=get&param.deploymentID=" + id)).containsEntry("deploymentID", id);
        Exchange byHeader = call("deployments?operation=get", null, Map.of(EmqxPlatformConstants.ID, id));
        assertThat(row(byHeader)).containsEntry("deploymentID", id);
        assertThat(failure(EmqxInvalidRequestException.class, "deployments?operation=get"))
                .hasMessageContaining("no value for deployment_id: give it as header CamelEmqxPlatformId, option id");
    }

    @Test
    void aRowOfTheListingGoesStraightToACall() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:all")
                        .to("emqx-platform:deployments?operation=list")
                        .split(body())
                        .to("emqx-platform:deployments?operation=start");
            }
        });
        template.sendBody("direct:all", null);
        assertThat(platform.deployment(id).orElseThrow().status()).isEqualTo("starting");
    }

    @Test
    void aDeploymentIsCreated() {
        Map<String, Object> wanted = Map.of(
                "projectID", "p1", "platform", "gcp", "region", "europe-west1", "deploymentName", "new", "tps", "7");
        Exchange done = done("deployments?operation=create&param.deploymentVersion=v6", wanted);
        assertThat(done.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(201);
        String created = (String) row(done).get("deploymentID");
        assertThat(platform.deployment(created).orElseThrow())
                .extracting(
                        SimulatedDeployment::deploymentName,
                        SimulatedDeployment::platform,
                        SimulatedDeployment::region,
                        SimulatedDeployment::tps,
                        SimulatedDeployment::version)
                .containsExactly("new", "gcp", "europe-west1", 7, "v6");
        assertThat(platform.requests().get(0).body()).contains("\"tps\":7").doesNotContain("connections");
    }

    @Test
    void aDeploymentIsStartedAndStopped() {
        Exchange started = done("deployments?operation=start&id=" + id);
        assertThat(started.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(201);
        assertThat(started.getMessage().getBody())
                .isEqualTo(Map.of("deploymentID", id, "deploymentName", "mine", "operation", "starting"));
        platform.setStatus(id, "running");
        assertThat(row("deployments?operation=stop&id=" + id)).containsEntry("operation", "stopping");
        assertThat(platform.requests())
                .extracting(PlatformRequest::method, PlatformRequest::path, PlatformRequest::body)
                .containsExactly(
                        tuple("POST", "/public_api/v1/deployments/" + id + "/start", ""),
                        tuple("POST", "/public_api/v1/deployments/" + id + "/stop", ""));
    }

    @Test
    void certificatesAreAddedReplacedAndRemoved() {
        String to = "certificates?id=" + id + "&operation=";
        assertThat(row(to + "create", CERTIFICATE))
                .containsOnlyKeys("tlsType", "expire", "status")
                .containsEntry("status", "pending");
        assertThat(row(to + "get")).containsEntry("tlsType", "one-way").containsEntry("status", "running");
        String twoWay = "{\"tlsType\":\"two-way\",\"cert\":\"C2\",\"key\":\"K2\",\"cacert\":\"A2\"}";
        assertThat(row(to + "update", twoWay)).containsEntry("tlsType", "two-way");
        assertThat(platform.certificate(id).orElseThrow().cacert()).isEqualTo("A2");
        Exchange removed = done(to + "delete");
        assertThat(removed.getMessage().getBody()).isNull();
        assertThat(removed.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(204);
        assertThat(platform.certificate(id)).isEmpty();
        assertThat(failure(EmqxNotFoundException.class, to + "get").httpStatus())
                .isEqualTo(404);
        assertThat(done(to + "get&failOnNotFound=false").getMessage().getBody()).isNull();
    }

    @Test
    void theApisFailuresAreExceptions() {
        assertThat(failure(EmqxAuthenticationException.class, "projects?operation=list&platformSecret=" + SECRET))
                .hasMessage("projects:list failed with result code UNAUTHORIZED (HTTP 401): Wrong API key or secret");
        assertThat(failure(EmqxNotFoundException.class, "deployments?operation=get&id=nope"))
                .hasMessageContaining("HTTP 404");
        assertThat(failure(EmqxInvalidRequestException.class, "deployments?operation=stop&id=" + id))
                .hasMessageContaining("(HTTP 422): the deployment is stopped");
        platform.forbid(true);
        assertThat(failure(EmqxAccessDeniedException.class, "projects?operation=list")
                        .httpStatus())
                .isEqualTo(403);
    }

    @Test
    void theApiKeepsItsLimitsToo() {
        platform.enforceLimits(true);
        String start = "deployments?operation=start&id=" + id;
        // as another process with the same key: its budget is its own
        done(start + "&responseTimeout=9999");
        EmqxRateLimitException failure = failure(EmqxRateLimitException.class, start);
        assertThat(failure.httpStatus()).isEqualTo(429);
        assertThat(failure.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "401, EmqxAuthenticationException",
        "403, EmqxAccessDeniedException",
        "404, EmqxNotFoundException",
        "422, EmqxInvalidRequestException",
        "429, EmqxRateLimitException",
        "500, EmqxServerException",
        "503, EmqxUnavailableException",
        "302, EmqxProtocolException"
    })
    void theStatusIsEnoughWhateverTheBodyIs(int status, String exception) {
        for (String body : List.of("", "{}", "[]", "{\"detail\":\"x\"}", "<html></html>", "{\"code\":112}")) {
            platform.wireMock()
                    .stubFor(any(anyUrl())
                            .atPriority(1)
                            .willReturn(aResponse().withStatus(status).withBody(body)));
            Exception failed = call("projects?operation=list", null, Map.of()).getException();
            assertThat(failed.getClass().getSimpleName()).as(body).isEqualTo(exception);
            assertThat(((EmqxPlatformException) failed).httpStatus()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "[{", "<html></html>", "''"})
    void whatIsNoListIsNotTakenForOne(String body) {
        platform.wireMock()
                .stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withBody(body)));
        failure(EmqxProtocolException.class, "deployments?operation=list");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deployments?operation=create&param.platform=moon | Parameter platform must be one of ",
                "deployments?operation=create&param.deploymentVersion=v4 | Parameter deploymentVersion must be one of v5, v6, not 'v4'",
                "deployments?operation=create&param.connections=many | Parameter connections must be a whole number",
                "deployments?operation=create&param.freeTrial=perhaps | Parameter freeTrial must be true or false",
                "deployments?operation=create&param.deploymentName=01234567890123456789012345678901234567890123456789012345678901234 | Parameter deploymentName must have from 1 to 64 characters",
                "deployments?operation=strat | Resource deployments has no operation 'strat'. Its operations are: start, ",
                "deployments?operation=get&clientId=x | deployments:get has no parameter 'clientid'; it has: deployment_id",
                "certificates?operation=create&param.tlsType=no-way | Parameter tlsType must be one of one-way, two-way, not 'no-way'"
            })
    void wrongOptionsFailAtStart(String uri, String words) {
        assertThat(refused("direct:x", "emqx-platform:" + uri)).contains(words);
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidBeforeSending() {
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "certificates?operation=create&id=" + id,
                        Map.of("tlsType", "one-way", "cert", "C")))
                .hasMessageContaining("no value for key: give it as entry key of a Map body");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "deployments?operation=create",
                        Map.of("projectID", "p1", "plattform", "aws")))
                .hasMessageContaining("has no parameter 'plattform'; it has: platform, ");
        assertThat(platform.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "platformApiUrl | Option platformApiUrl is missing",
                "platformKey | Option platformKey is missing: the id of the API key for the Platform API",
                "platformSecret | Option platformSecret is missing"
            })
    void aConnectionMustBeWhole(String option, String words) {
        EmqxPlatformConfiguration connection = component().getConfiguration();
        // a deployment's do not stand in for them
        connection.setApiUrl("https://127.0.0.1:1/api/v5");
        connection.setAppId("app");
        connection.setAppSecret(SECRET);
        switch (option) {
            case "platformApiUrl" -> connection.setPlatformApiUrl(null);
            case "platformKey" -> connection.setPlatformKey(null);
            default -> connection.setPlatformSecret(" ");
        }
        assertThat(refused("direct:x", "emqx-platform:projects?operation=list"))
                .contains(words)
                .doesNotContain(SECRET)
                .doesNotContain(platform.platformSecret());
    }

    @Test
    void aResourceOfADeploymentDoesNotTakeThePlatformsConnection() {
        assertThat(refused("direct:x", "emqx-platform:clients?operation=list")).contains("Option apiUrl is missing");
        assertThat(refused("direct:x", "emqx-platform:clients?operation=list&apiUrl=http://127.0.0.1:1/api/v5"))
                .contains("Option appId is missing");
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void plainHttpDoesNotLeaveThisMachine() {
        String uri = "emqx-platform:projects?operation=list&platformApiUrl=http://platform.example.com/public_api/v1";
        assertThat(refused("direct:x", uri))
                .contains("Option platformApiUrl is http:// to platform.example.com")
                .contains("allowInsecureHttp=true")
                .doesNotContain(platform.platformSecret());
        assertThat(context.getEndpoint(uri + "&allowInsecureHttp=true", EmqxPlatformEndpoint.class)
                        .getServiceUrl())
                .isEqualTo("http://platform.example.com:80/public_api/v1");
    }

    @Test
    void eachKeyGoesToItsOwnApiOnly() {
        try (EmqxSimulator broker = EmqxSimulator.start(Generation.V5)) {
            EmqxPlatformConfiguration connection = component().getConfiguration();
            connection.setApiUrl(broker.apiUrl());
            connection.setAppId(broker.appId());
            connection.setAppSecret(broker.appSecret());
            done("projects?operation=list");
            done("clients?operation=list");
            done("deployments?operation=start&id=" + id);
            done("api?operation=request&param.method=GET&param.path=/nodes");
            call("certificates?operation=create&id=" + id, CERTIFICATE, Map.of());
            call("deployments?operation=list&apiVersion=v4&brokerZone=Asia/Shanghai", null, Map.of());
            call("clients?operation=get&clientId=nope", null, Map.of());

            assertThat(platform.requests()).hasSize(4).allSatisfy(request -> {
                assertThat(request.authorization()).isEqualTo(basic(platform.platformKey(), platform.platformSecret()));
                assertThat(request.path()).startsWith("/public_api/v1/");
            });
            assertThat(broker.wireMock().getAllServeEvents()).hasSize(3).allSatisfy(event -> {
                assertThat(event.getRequest().getHeader("Authorization"))
                        .isEqualTo(basic(broker.appId(), broker.appSecret()));
                assertThat(event.getRequest().getUrl()).startsWith("/api/v5/");
            });
        }
    }

    @Test
    void digestNeverSendsTheSecret() {
        failure(EmqxAuthenticationException.class, "projects?operation=list&authMethod=digest");
        assertThat(platform.requests()).isNotEmpty().allSatisfy(request -> assertThat(
                        String.valueOf(request.authorization()))
                .doesNotContain(basic(platform.platformKey(), platform.platformSecret())));
    }

    @Test
    void secretsAreNotPrinted() {
        String uri = "emqx-platform:certificates?operation=create&id=" + id + "&platformSecret=" + SECRET;
        assertThat(context.getEndpoint(uri)).asString().doesNotContain(SECRET);
        component().getConfiguration().setPlatformSecret(SECRET);
        assertThat(component()).asString().doesNotContain(SECRET);
        assertThat(component().getConfiguration()).asString().doesNotContain(SECRET);
        assertThat(failure(EmqxAuthenticationException.class, "projects?operation=list"))
                .hasMessageNotContaining(SECRET);
        assertThat(refused("direct:x", uri + "&nosuch=1")).contains("nosuch").doesNotContain(SECRET);
    }

    @Test
    void theKeyOfACertificateIsQuotedByNobody() {
        platform.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(422).withBody("{\"message\":\"bad key " + SECRET + "\"}")));
        assertThat(failure(EmqxInvalidRequestException.class, "certificates?operation=update&id=" + id, CERTIFICATE))
                .hasMessageContaining("bad key ***")
                .hasMessageNotContaining(SECRET);
        assertThat(refused("direct:x", "emqx-platform:certificates?operation=create&param.key=x"))
                .contains("Option param.key of certificates:create would be printed with the endpoint's URI");
    }

    private static String basic(String key, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((key + ':' + secret).getBytes(StandardCharsets.UTF_8));
    }
}
