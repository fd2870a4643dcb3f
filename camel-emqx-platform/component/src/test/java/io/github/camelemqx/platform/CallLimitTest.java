/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The documented limits of the Platform API are kept before anything is sent. */
class CallLimitTest extends OnThePlatform {

    @Test
    void theSixtyFirstLookIsNotSent() {
        for (int i = 0; i < 60; i++) {
            done("deployments?operation=get&id=" + id);
        }
        EmqxRateLimitException failure = failure(EmqxRateLimitException.class, "deployments?operation=get&id=" + id);
        assertThat(platform.requests()).hasSize(60);
        assertThat(failure)
                .hasMessageContaining("deployments:get failed: not sent: the API allows 60 calls in 60 minutes");
        assertThat(failure.httpStatus()).isZero();
        assertThat(failure.retryable()).isTrue();
        // another operation has a limit of its own
        done("deployments?operation=list");
        assertThat(platform.requests()).hasSize(61);
    }

    @Test
    void theSecondStartIsNotSentAndTellsWhenTheNextMayBe() {
        done("deployments?operation=start&id=" + id);
        EmqxRateLimitException failure = failure(EmqxRateLimitException.class, "deployments?operation=start&id=" + id);
        assertThat(failure)
                .hasMessageContaining("the API allows 1 call in 60 minutes")
                .hasMessageMatching(".* used up for another \\d{4} s");
        assertThat(failure.retryAfter()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(60));
        assertThat(platform.requests()).hasSize(1);
        // stopping has a limit of its own, and a call that the API refuses counts too
        failure(EmqxInvalidRequestException.class, "deployments?operation=stop&id=" + id);
        failure(EmqxRateLimitException.class, "deployments?operation=stop&id=" + id);
        assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void theSeventhCertificateIsNotSent() {
        String update = "certificates?operation=update&id=" + id;
        Map<String, Object> certificate = Map.of("tlsType", "one-way", "cert", "C", "key", "K");
        done("certificates?operation=create&id=" + id, certificate);
        for (int i = 0; i < 6; i++) {
            done(update, certificate);
        }
        failure(EmqxRateLimitException.class, update, certificate);
        assertThat(platform.requests()).hasSize(7);
    }

    @Test
    void endpointsOfOneConnectionShareTheLimitOthersDoNot() {
        done("deployments?operation=start&id=" + id);
        failure(EmqxRateLimitException.class, "deployments?operation=start&id=" + id + "&failOnNotFound=false");
        assertThat(platform.requests()).hasSize(1);
        // another key
        assertThat(call("deployments?operation=start&platformKey=other&id=" + id, null, Map.of())
                        .getException())
                .isNotInstanceOf(EmqxRateLimitException.class);
        assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void creatingHasNoLimit() {
        Map<String, Object> wanted = Map.of("projectID", "p1", "platform", "aws", "region", "us-east-1");
        for (int i = 0; i < 61; i++) {
            done("deployments?operation=create", wanted);
        }
        assertThat(platform.deployments()).hasSize(62);
    }

    @Test
    void whatIsWrongBeforeSendingDoesNotCount() {
        failure(EmqxInvalidRequestException.class, "deployments?operation=start");
        done("deployments?operation=start&id=" + id);
    }

    @Test
    void aCallThatDidNotReachTheApiDoesNotCount() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String start =
                "deployments?operation=start&id=" + id + "&platformApiUrl=http://127.0.0.1:" + port + "/public_api/v1";
        failure(EmqxUnavailableException.class, start);
        failure(EmqxUnavailableException.class, start);
    }
}
