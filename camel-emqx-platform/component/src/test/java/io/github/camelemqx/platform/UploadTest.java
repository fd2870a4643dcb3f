/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.TrialCatalog;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Files in forms, from whatever a route has them in. */
@ParameterizedClass
@EnumSource(Generation.class)
class UploadTest extends BothGenerations {

    private static final String UPLOAD = "backups?operation=upload";

    private static final Map<String, Object> NAMED = Map.of(Exchange.FILE_NAME, "b1.tar.gz");

    @TempDir
    Path folder;

    @Override
    Catalog catalog() {
        return TrialCatalog.load();
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("emqx-platform:" + UPLOAD);
                from("file:" + folder + "?initialDelay=0&delay=100&idempotent=true&noop=true")
                        .to("emqx-platform:" + UPLOAD)
                        .to("mock:sent");
            }
        };
    }

    @BeforeEach
    void accept() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching("/api/.*/data/files?"))
                        .atPriority(1)
                        .willReturn(v5() ? aResponse().withStatus(204) : okJson("{\"code\":0}")));
    }

    private Request request() {
        return emqx.wireMock().getAllServeEvents().get(0).getRequest();
    }

    /** The form as it came: one part. */
    private String form() {
        String type = request().getHeader("Content-Type");
        assertThat(type).startsWith("multipart/form-data; ").contains("boundary=");
        String boundary = type.replaceAll(".*boundary=\"?([^\";]+).*", "$1");
        String form = new String(request().getBody(), StandardCharsets.UTF_8);
        assertThat(form).startsWith("--" + boundary + "\r\n").endsWith("\r\n--" + boundary + "--\r\n");
        return form.substring(boundary.length() + 4, form.length() - boundary.length() - 8);
    }

    private String expected(String name, String content) {
        return "Content-Disposition: form-data; name=\"" + (v5() ? "filename" : "file") + "\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content;
    }

    @Test
    void bytesTextAndStreamsAreTheContent() {
        for (Object body : new Object[] {
            "héllo".getBytes(StandardCharsets.UTF_8),
            "héllo",
            ByteBuffer.wrap("héllo".getBytes(StandardCharsets.UTF_8)),
            new ByteArrayInputStream("héllo".getBytes(StandardCharsets.UTF_8)),
            new StringReader("héllo")
        }) {
            assertThat(result(UPLOAD, body, NAMED)).isNull();
            assertThat(form()).isEqualTo(expected("b1.tar.gz", "héllo"));
        }
        assertThat(request().getMethod().getName()).isEqualTo("POST");
        assertThat(request().getHeader("Accept")).isEqualTo("application/json");
    }

    @Test
    void aStreamThatARouteKeepsIsTheContentToo() {
        template.sendBodyAndHeaders(
                "direct:in", new ByteArrayInputStream("héllo".getBytes(StandardCharsets.UTF_8)), NAMED);
        assertThat(form()).isEqualTo(expected("b1.tar.gz", "héllo"));
    }

    @Test
    void aFileIsTheContent() throws Exception {
        // not where the route of this test looks for files to send
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path file = Files.writeString(elsewhere.resolve("on-disk.bin"), "x".repeat(100_000));
        assertThat(result(UPLOAD, file, NAMED)).isNull();
        assertThat(form()).isEqualTo(expected("b1.tar.gz", "x".repeat(100_000)));
        assertThat(result(UPLOAD, file.toFile(), NAMED)).isNull();
        assertThat(form()).isEqualTo(expected("b1.tar.gz", "x".repeat(100_000)));
        assertThat(Long.parseLong(request().getHeader("Content-Length"))).isGreaterThan(100_000);
    }

    @Test
    void aFileThatARouteFindsHasItsName() throws Exception {
        Files.writeString(folder.resolve("found.csv"), "user_id,password_hash");
        getMockEndpoint("mock:sent").expectedMessageCount(1);
        getMockEndpoint("mock:sent").assertIsSatisfied();
        assertThat(form()).isEqualTo(expected("found.csv", "user_id,password_hash"));
    }

    @Test
    void listsAndMapsAreJson() {
        result(UPLOAD, List.of(Map.of("user_id", "u1")), NAMED);
        assertThat(form()).isEqualTo(expected("b1.tar.gz", "[{\"user_id\":\"u1\"}]"));
        result(UPLOAD, Map.of("user_id", "u1"), NAMED);
        assertThat(form()).isEqualTo(expected("b1.tar.gz", "{\"user_id\":\"u1\"}"));
    }

    @Test
    void theParametersNameGoesBeforeTheHeaders() {
        result(UPLOAD + "&param.filename=mine.tar.gz", "x", NAMED);
        assertThat(form()).isEqualTo(expected("mine.tar.gz", "x"));
    }

    @Test
    void ofANameOnlyTheLastSegmentIsSentAndNothingThatEndsItEarly() {
        Map<String, String> names = Map.of(
                "in/box/ü 1.csv", "ü 1.csv",
                "C:\\temp\\b.zip", "b.zip",
                "../../etc/passwd", "passwd",
                "a\"; name=\"other\r\nX-Evil: 1", "a; name=otherX-Evil: 1",
                "/x/..\u0000a", "..a");
        names.forEach((evil, plain) -> {
            result(UPLOAD, "x", Map.of(Exchange.FILE_NAME, evil));
            assertThat(form()).isEqualTo(expected(plain, "x"));
        });
    }

    @Test
    void withoutANameNothingIsSent() {
        for (Map<String, Object> headers : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of(Exchange.FILE_NAME, "in/.."),
                Map.<String, Object>of(Exchange.FILE_NAME, "\"\r\n"))) {
            assertThat(failure(EmqxInvalidRequestException.class, UPLOAD, "x", headers))
                    .hasMessageContaining("backups:upload")
                    .hasMessageContaining("no name for the file: give it as parameter filename, header CamelFileName");
        }
        assertThat(failure(EmqxInvalidRequestException.class, UPLOAD, null, NAMED))
                .hasMessageContaining("the body is empty");
        assertThat(failure(EmqxInvalidRequestException.class, UPLOAD, folder.toFile(), NAMED))
                .hasMessageContaining("must be a file that can be read");
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void aStreamThatFailsIsNoFailureOfTheBroker() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThat(failure(EmqxInvalidRequestException.class, UPLOAD, broken, NAMED))
                .hasMessageContaining("the file to send cannot be read: disk on fire");
    }

    @Test
    void digestSendsWhatCanBeSentTwice() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching("/api/.*/data/files?"))
                        .withHeader("Authorization", absent())
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(401)
                                .withHeader("WWW-Authenticate", "Digest realm=\"emqx\", nonce=\"n1\", qop=\"auth\"")));
        result(UPLOAD + "&authMethod=digest", "twice", NAMED);
        assertThat(form()).isEqualTo(expected("b1.tar.gz", "twice"));
        assertThat(emqx.wireMock().getAllServeEvents()).hasSize(2);
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        UPLOAD + "&authMethod=digest",
                        new ByteArrayInputStream(new byte[1]),
                        NAMED))
                .hasMessageContaining("a stream can be sent only once");
        assertThat(emqx.wireMock().getAllServeEvents()).hasSize(2);
    }

    @Test
    void aRefusedOneIsMapped() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching("/api/.*/data/files?"))
                        .atPriority(1)
                        .willReturn(
                                v5()
                                        ? okJson("{\"code\":\"ALREADY_EXISTS\",\"message\":\"there\"}")
                                                .withStatus(409)
                                        : okJson("{\"message\":\"existed\"}")));
        assertThat(failure(EmqxConflictException.class, UPLOAD, "x", NAMED)).hasMessageContaining("backups:upload");
    }
}
