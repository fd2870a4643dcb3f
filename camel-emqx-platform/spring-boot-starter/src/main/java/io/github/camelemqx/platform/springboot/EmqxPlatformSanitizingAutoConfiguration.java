/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps the component's secrets out of what Actuator's endpoints {@code env} and {@code configprops} tell. They show no value at
 * all unless an application says {@code show-values}, and then all of them: these not even then.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public class EmqxPlatformSanitizingAutoConfiguration {

    private static final String OURS = letters(EmqxPlatformComponentConfiguration.PREFIX);

    /** For Spring. */
    public EmqxPlatformSanitizingAutoConfiguration() {}

    /** Hides what is named like a secret, a password, a key or a token among the properties of the component, no other. */
    @Bean
    public SanitizingFunction emqxPlatformSanitizingFunction() {
        SanitizingFunction hidden = SanitizingFunction.sanitizeValue().ifLikelySensitive();
        return data -> letters(data.getKey()).startsWith(OURS) ? hidden.applyUnlessFiltered(data) : data;
    }

    /** What is left alike of camel.component.emqx-platform in a file and CAMEL_COMPONENT_EMQXPLATFORM in the environment. */
    private static String letters(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
