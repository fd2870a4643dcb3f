/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.springboot.build.ComponentOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

/** What Actuator tells of properties is never what is secret in them. */
class ActuatorSecretsTest {

    private static final String PREFIX = EmqxPlatformComponentConfiguration.PREFIX;
    private static final String WORD = "word-that-is-secret";

    /** What TLS needs may be secret, too. */
    static class Tls {

        @Bean
        SSLContextParameters tls() {
            KeyStoreParameters store = new KeyStoreParameters();
            store.setPassword(WORD + "-of-the-store");
            TrustManagersParameters managers = new TrustManagersParameters();
            managers.setKeyStore(store);
            SSLContextParameters parameters = new SSLContextParameters();
            parameters.setTrustManagers(managers);
            return parameters;
        }
    }

    private static String[] properties(String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "management.endpoints.web.exposure.include=*",
                PREFIX + ".app-id=id-to-show",
                PREFIX + ".ssl-context-parameters=#tls",
                PREFIX + ".http-options.proxyAuthPassword=" + WORD + "-of-the-proxy",
                // as the environment of a process has them
                "CAMEL_COMPONENT_EMQXPLATFORM_APPSECRET=" + WORD + "-of-the-environment",
                // the names of another are its own business
                "other.title=title-to-show"));
        ComponentOption.all().stream()
                .filter(ComponentOption::isSecret)
                .forEach(option -> properties.add(PREFIX + "." + option.property() + "=" + WORD));
        properties.addAll(List.of(more));
        return properties.toArray(String[]::new);
    }

    @Test
    void valuesAreNotShownByDefault() throws Exception {
        try (RunningApplication application = RunningApplication.serving(Tls.class, properties())) {
            for (String path : List.of("env", "configprops", "beans", "health")) {
                RunningApplication.Answer answer = application.get("/actuator/" + path);
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(answer.text()).as(path).doesNotContain(WORD, "id-to-show");
            }
        }
    }

    @Test
    void secretsAreNotShownEvenWhereValuesAre() throws Exception {
        try (RunningApplication application = RunningApplication.serving(
                Tls.class,
                properties(
                        "management.endpoint.env.show-values=always",
                        "management.endpoint.configprops.show-values=always"))) {
            String env = application.get("/actuator/env").text();
            assertThat(env)
                    .doesNotContain(WORD)
                    .contains("id-to-show", "title-to-show", "CAMEL_COMPONENT_EMQXPLATFORM_APPSECRET", "******");
            String properties = application.get("/actuator/configprops").text();
            assertThat(properties).doesNotContain(WORD).contains("id-to-show", "#tls", "******");
        }
    }
}
