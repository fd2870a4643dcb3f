/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Gives the component its options from {@code camel.component.emqx-platform.*}, when Camel makes it. Switched off like any
 * component of Camel, by {@code camel.component.emqx-platform.enabled=false} (nothing of this) or
 * {@code camel.component.emqx-platform.customizer.enabled=false} (the options only).
 */
// after, not before: otherwise the condition sees no Camel yet, and the options are silently not applied
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", EmqxPlatformComponentConfiguration.PREFIX})
@EnableConfigurationProperties({ComponentConfigurationProperties.class, EmqxPlatformComponentConfiguration.class})
public class EmqxPlatformComponentAutoConfiguration {

    /** For Spring. */
    public EmqxPlatformComponentAutoConfiguration() {}

    /** Sets the options that are given by properties, and leaves the others as the component has them. */
    @Bean
    @Lazy
    public ComponentCustomizer emqxPlatformComponentCustomizer(
            ApplicationContext application, EmqxPlatformComponentConfiguration options) {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component target) {
                if (options.getHttpOptions() != null) {
                    options.setHttpOptions(HttpOptionNames.of(options.getHttpOptions()));
                }
                CamelPropertiesHelper.copyProperties(target.getCamelContext(), options, target);
            }

            @Override
            public boolean isEnabled(String name, Component target) {
                return target instanceof EmqxPlatformComponent
                        && HierarchicalPropertiesEvaluator.evaluate(
                                application,
                                "camel.component.customizer",
                                EmqxPlatformComponentConfiguration.PREFIX + ".customizer");
            }
        };
    }
}
