/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelemqx.platform.EmqxPlatformConstants.HAS_NEXT;
import static io.github.camelemqx.platform.EmqxPlatformConstants.PAGE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.PARAMETERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.test.Generation;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Any path of the API, under the same key, bounds and failures. */
@ParameterizedClass
@EnumSource(Generation.class)
class ApiRequestTest extends BothGenerations {

    @Test
    void getsWhatThereIs() {
        emqx.connect("a");
        emqx.connect("b");
        String limit = v5() ? "limit" : "_limit";
        Exchange page = call("api?operation=request&param.path=RAW(/clients?" + limit + "=1)", null, Map.of());
        assertThat((List<?>) page.getMessage().getBody()).hasSize(1);
        assertThat(page.getMessage().getHeader(PAGE)).isEqualTo(1);
        assertThat(page.getMessage().getHeader(HAS_NEXT)).isEqualTo(true);
        assertThat(result("api?operation=request&param.path=/nodes")).isInstanceOf(List.class);
    }

    @Test
    void sendsTheBodyAsItIs() {
        String users = v5() ? "/authentication/password_based%3Abuilt_in_database/users" : "/auth_username";
        String create = "api?operation=request&param.method=POST&param.path=RAW(" + users + ")";
        Map<String, Object> user = Map.of(v5() ? "user_id" : "username", "u1", "password", SECRET);
        Object created = result(create, user);
        assertThat(created == null).isEqualTo(!v5());
        assertThat(emqx.hasUser("u1")).isTrue();
        assertThat(failure(EmqxConflictException.class, create, user, Map.of())).hasMessageNotContaining(SECRET);
        assertThat(result("api?operation=request&param.method=DELETE&param.path=RAW(" + users + "/u1)"))
                .isNull();
        assertThat(emqx.hasUser("u1")).isFalse();
        result(create, "{\"" + (v5() ? "user_id" : "username") + "\": \"u2\", \"password\": \"p\"}");
        assertThat(emqx.hasUser("u2")).isTrue();
    }

    @Test
    void failuresAreTheSame() {
        String missing = "api?operation=request&param.path=/no/such/path";
        assertThat(failure(EmqxNotFoundException.class, missing, null, Map.of()).operation())
                .isEqualTo("api:request");
        String offline = v5() ? "/clients/ghost" : "/clients/ghost/acl_cache";
        failure(EmqxClientOfflineException.class, "api?operation=request&param.path=" + offline, null, Map.of());
    }

    @Test
    void aTextIsAText() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*/prometheus/stats"))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withHeader("Content-Type", "text/plain; version=0.0.4")
                                .withBody("emqx_up 1\n")));
        assertThat(result("api?operation=request&param.path=/prometheus/stats")).isEqualTo("emqx_up 1\n");
    }

    @Test
    void aQuotedSecretOfTheBodyIsTakenOut() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*/connectors"))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(400)
                                .withHeader("Content-Type", "application/json")
                                .withBody("{\"code\":\"BAD_REQUEST\",\"message\":\"bad value " + SECRET + "\"}")));
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "api?operation=request&param.method=POST&param.path=/connectors",
                        Map.of("ssl", Map.of("keyfile_password", SECRET)),
                        Map.of()))
                .hasMessageContaining("bad value ***");
    }

    @Test
    void aMessageDoesNotChooseThePath() {
        emqx.connect("a");
        Map<String, Object> steering = Map.of(PARAMETERS, Map.of("method", "DELETE", "path", "/clients/a"));
        assertThat(result("api?operation=request&param.path=/clients/a", null, steering))
                .isNotNull();
        assertThat(emqx.client("a")).isPresent();
        assertThatThrownBy(() -> call("api?operation=request", null, steering))
                .hasRootCauseMessage("Option param.path of api:request is missing: the route must say it, unless"
                        + " allowOperationHeader=true lets messages do so");
        result("api?operation=request&allowOperationHeader=true", null, steering);
        assertThat(emqx.client("a")).isEmpty();
    }

    @Test
    void aPathStaysBelowTheBase() {
        for (String path : List.of(
                "clients",
                "//evil.example.com/x",
                "/clients/../users",
                "/clients/%2E%2e/users",
                "/..",
                "/clients/a b",
                "/clients#x",
                "/clients/%zz",
                "http://evil.example.com/")) {
            EmqxPlatformException refused = failure(
                    EmqxInvalidRequestException.class,
                    "api?operation=request&allowOperationHeader=true",
                    null,
                    Map.of(PARAMETERS, Map.of("path", path)));
            assertThat(refused).hasMessageContaining("must be a path below the API's base");
        }
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void anEmptySuccessIsNothingOnGeneration5() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*/configs_reset/alarm"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(200)));
        String reset = "api?operation=request&param.method=POST&param.path=/configs_reset/alarm";
        if (v5()) {
            assertThat(result(reset)).isNull();
        } else {
            failure(EmqxProtocolException.class, reset, null, Map.of());
        }
    }

    @Test
    void whatNoAddressCanHoldIsRefused() {
        for (String path : List.of("/clients?x={a}", "/clients?x=%zz", "/clients?x=a b")) {
            failure(
                    EmqxInvalidRequestException.class,
                    "api?operation=request&param.path=RAW(" + path + ")",
                    null,
                    Map.of());
        }
    }
}
