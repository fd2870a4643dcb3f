/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.catalog.Generation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are taken, and where the API is looked for. */
class ApiAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x.emqxsl.com:8443/api/v5",
                "https://x.emqxsl.com:8443/api/v5/",
                "HTTPS://x.emqxsl.com:8443/api/v5"
            })
    void httpsGoesAnywhere(String url) {
        assertThat(ApiAddress.parse(ApiKind.DEPLOYMENT, url, false)).hasToString("https://x.emqxsl.com:8443/api/v5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:18083", "http://127.0.0.1/api", "http://127.9.9.9:1/api", "http://[::1]/"})
    void httpGoesToThisMachine(String url) {
        assertThat(ApiAddress.parse(ApiKind.DEPLOYMENT, url, false).scheme()).isEqualTo("http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x.emqxsl.com/api/v5",
                "http://10.0.0.1/api/v5",
                "http://localhost.evil.org/api/v5",
                "http://127.0.0.1.evil.org/api/v5",
                "http://[::2]/api"
            })
    void httpGoesNowhereElse(String url) {
        assertThatThrownBy(() -> ApiAddress.parse(ApiKind.DEPLOYMENT, url, false))
                .hasMessageContaining("in clear text")
                .hasMessageContaining("allowInsecureHttp=true");
        assertThat(ApiAddress.parse(ApiKind.DEPLOYMENT, url, true).scheme()).isEqualTo("http");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://id:secret-word@host/api | must not carry credentials",
                "ftp://host/api | must begin with https://, not ftp://",
                "host:8443/api | no address such as",
                "https://host/api?x=1 | without query",
                "https://ho st/api | no address such as",
                "'' | Option apiUrl is missing"
            })
    void otherAddressesAreRefused(String url, String words) {
        assertThatThrownBy(() -> ApiAddress.parse(ApiKind.DEPLOYMENT, url, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret-word");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v5, , V5, /api/v5",
        "/api/v4, , V4, /api/v4",
        "/gateway/x/v5, , V5, /gateway/x/v5",
        "/api, V4, V4, /api",
        "/api/v5, V4, V4, /api/v5",
        "'', V5, V5, /api/v5"
    })
    void whatTheOptionsTellNeedsNoLook(String path, Generation wanted, Generation generation, String base) {
        assertThat(ApiBase.candidates(path, wanted)).containsExactly(new ApiBase(generation, base));
    }

    @Test
    void otherwiseTheLikeliestIsTriedFirst() {
        assertThat(ApiBase.candidates("", null))
                .extracting(ApiBase::path)
                .isEqualTo(List.of("/api/v5", "/api/v4", "/api"));
        assertThat(ApiBase.candidates("/api", null))
                .extracting(ApiBase::path)
                .isEqualTo(List.of("/api", "/api/v5", "/api/v4"));
        assertThat(ApiBase.candidates("", Generation.V4))
                .extracting(ApiBase::path)
                .isEqualTo(List.of("/api/v4", "/api"));
    }

    @ParameterizedTest
    @CsvSource({
        "c1, c1",
        "dev/ä b, dev%2F%C3%A4%20b",
        "../users, ..%2Fusers",
        "%2e%2e, %252e%252e",
        "a+b#c?d&e=f;g, a%2Bb%23c%3Fd%26e%3Df%3Bg",
        "emqx@127.0.0.1, emqx@127.0.0.1",
        "😀, %F0%9F%98%80",
        "{clientid}$1\\, %7Bclientid%7D%241%5C"
    })
    void anIdIsOneSegment(String id, String segment) {
        assertThat(PercentEncoding.segment(id, "@")).isEqualTo(segment);
    }

    @Test
    void controlCharactersAreEncoded() {
        assertThat(PercentEncoding.segment("a\u0000b\r\nc", "@")).isEqualTo("a%00b%0D%0Ac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void whatNoSegmentCanCarryIsRefused(String id) {
        assertThatThrownBy(() -> PercentEncoding.segment(id, "@")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void credentialsDoNotShowTheSecret() {
        assertThat(new Credentials("id", "secret-word", Credentials.Method.BASIC))
                .hasToString("Credentials[id=id, method=BASIC]");
        for (ApiKind kind : ApiKind.values()) {
            assertThatThrownBy(() -> Credentials.of(kind, null, "secret-word", Credentials.Method.BASIC))
                    .hasMessageContaining("Option " + kind.idOption() + " is missing")
                    .hasMessageNotContaining("secret-word");
            assertThatThrownBy(() -> Credentials.of(kind, "id", " ", Credentials.Method.BASIC))
                    .hasMessageContaining("Option " + kind.secretOption() + " is missing");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://id:secret-word@host/api | Option platformApiUrl must not carry credentials: give them as platformKey and platformSecret",
                "http://host/public_api/v1 | Option platformApiUrl is http:// to host, which would send the credentials in clear text",
                "host:8443/api | Option platformApiUrl is no address such as https://HOST/public_api/v1",
                "https://ho st/api | Option platformApiUrl is no address such as https://HOST/public_api/v1",
                "'' | Option platformApiUrl is missing: the API address of the Platform API, such as https://HOST/public_api/v1"
            })
    void messagesNameTheOptionOfTheApi(String url, String words) {
        assertThatThrownBy(() -> ApiAddress.parse(ApiKind.PLATFORM, url, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret-word");
    }

    @ParameterizedTest
    @CsvSource({"/public_api/v1, /public_api/v1", "/gateway/v5, /gateway/v5", "'', /public_api/v1"})
    void thePlatformApiIsWhereTheOptionSays(String path, String base) {
        assertThat(ApiBase.candidates(path, Generation.PLATFORM))
                .containsExactly(new ApiBase(Generation.PLATFORM, base));
    }

    @Test
    void aDeploymentIsNeverTakenForThePlatformApi() {
        assertThat(ApiBase.candidates("/platform", null))
                .extracting(ApiBase::generation)
                .doesNotContain(Generation.PLATFORM);
        assertThat(ApiBase.candidates("", null)).extracting(ApiBase::generation).doesNotContain(Generation.PLATFORM);
    }

    @Test
    void aPasswordInAnAddressThatIsNoneIsNotPrinted() {
        for (String url : List.of(
                "https://admin:word-that-is-secret@my_host:8443/api/v5",
                "https://a:word-that-is-secret@b@c.example:1/")) {
            assertThatThrownBy(() -> ApiAddress.parse(ApiKind.DEPLOYMENT, url, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("word-that-is-secret");
        }
    }
}
