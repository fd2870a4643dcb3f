/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConfiguration;
import io.github.camelemqx.platform.springboot.build.ComponentOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

/** From properties of an application to options of the component. */
class ComponentPropertiesTest {

    private static final String PREFIX = EmqxPlatformComponentConfiguration.PREFIX + ".";
    private static final SSLContextParameters TLS = new SSLContextParameters();
    private static final EmqxPlatformConfiguration CONNECTION = new EmqxPlatformConfiguration();

    /** What references to beans find. */
    static class Beans {

        @Bean
        SSLContextParameters tls() {
            return TLS;
        }

        @Bean
        EmqxPlatformConfiguration connection() {
            return CONNECTION;
        }
    }

    @Test
    void everyOptionOfTheComponentIsAProperty() {
        List<String> properties = new ArrayList<>();
        Map<String, Object> expected = new LinkedHashMap<>();
        for (ComponentOption option : ComponentOption.all()) {
            Sample sample = Sample.of(option);
            if (sample != null) {
                properties.add(PREFIX + option.property() + sample.text());
                expected.put(option.name(), sample.value());
            }
        }
        try (RunningApplication application = RunningApplication.of(Beans.class, properties.toArray(String[]::new))) {
            assertThat(options(application.component(), expected)).isEqualTo(expected);
            assertThat(expected).hasSize(ComponentOption.all().size() - 1).doesNotContainKey("configuration");
        }
    }

    /** What is written for an option, and what comes of it; never what the component has anyway. */
    private record Sample(String text, Object value) {

        static Sample of(ComponentOption option) {
            if (option.isBean()) {
                return switch (option.name()) {
                    case "sslContextParameters" -> new Sample("=#tls", TLS);
                    // replaces all others: has a test of its own
                    case "configuration" -> null;
                    default -> throw new IllegalArgumentException("A bean for " + option.name() + " is needed");
                };
            }
            return switch (option.javaType()) {
                case "java.lang.Boolean" -> {
                    boolean other = !Boolean.parseBoolean(String.valueOf(option.defaultValue()));
                    yield new Sample("=" + other, other);
                }
                case "java.lang.Integer" -> new Sample("=17", 17);
                case "java.time.Duration" -> new Sample("=17s", 17_000L);
                case "java.lang.String" -> {
                    List<String> values = option.values();
                    String value = values.isEmpty() ? "some " + option.name() : values.get(values.size() - 1);
                    yield new Sample("=" + value, value);
                }
                case "java.util.Map<java.lang.String, java.lang.Object>" ->
                    new Sample(".connectionsPerRoute=17", Map.of("connectionsPerRoute", "17"));
                default -> throw new IllegalArgumentException("A sample of a " + option.javaType() + " is needed");
            };
        }
    }

    private static Map<String, Object> options(EmqxPlatformComponent component, Map<String, Object> names) {
        PropertyConfigurerGetter getter = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
        Map<String, Object> options = new LinkedHashMap<>();
        names.keySet().forEach(name -> options.put(name, getter.getOptionValue(component, name, false)));
        return options;
    }

    @Test
    void whatIsNotGivenStaysAsTheComponentHasIt() throws Exception {
        Map<String, Object> all = new LinkedHashMap<>();
        ComponentOption.all().forEach(option -> all.put(option.name(), null));
        all.remove("configuration");
        try (RunningApplication application =
                        RunningApplication.of(Beans.class, PREFIX + "app-id=someone", PREFIX + "retryDelay=250");
                DefaultCamelContext plain = new DefaultCamelContext()) {
            Map<String, Object> expected =
                    options(plain.getComponent("emqx-platform", EmqxPlatformComponent.class), all);
            assertThat(expected.put("appId", "someone")).isNull();
            // a number without a unit is milliseconds, as everywhere in Camel
            assertThat(expected.put("retryDelay", 250L)).isEqualTo(1000L);
            assertThat(options(application.component(), all)).isEqualTo(expected);
        }
    }

    @Test
    void optionsOfCamelHttpAreWrittenAsPropertiesAreOrAsTheyAre() {
        try (RunningApplication application = RunningApplication.of(
                Beans.class,
                PREFIX + "http-options.proxy-host=proxy",
                PREFIX + "http-options.proxyPort=3128",
                PREFIX + "http-options.http-client.evict-expired-connections=true",
                PREFIX + "http-options.httpClient.userAgent=routes")) {
            assertThat(application.component().getConfiguration().getHttpOptions())
                    .containsOnly(
                            Map.entry("proxyHost", "proxy"),
                            Map.entry("proxyPort", "3128"),
                            Map.entry("httpClient.evictExpiredConnections", "true"),
                            Map.entry("httpClient.userAgent", "routes"));
        }
    }

    @Test
    void aWholeConfigurationCanBeABean() {
        try (RunningApplication application =
                RunningApplication.of(Beans.class, PREFIX + "configuration=#bean:connection")) {
            assertThat(application.component().getConfiguration()).isSameAs(CONNECTION);
        }
    }

    @Test
    void aBeanThatIsNotThereIsNamed() {
        try (RunningApplication application =
                RunningApplication.of(Beans.class, PREFIX + "ssl-context-parameters=#missing")) {
            assertThatThrownBy(application::component).hasStackTraceContaining("missing");
        }
    }

    @Test
    void theyCanBeSwitchedOff() {
        for (String property : List.of(PREFIX + "enabled", "camel.component.customizer.enabled")) {
            try (RunningApplication application =
                    RunningApplication.of(Beans.class, PREFIX + "app-id=someone", property + "=false")) {
                assertThat(application.component().getConfiguration().getAppId())
                        .as(property)
                        .isNull();
            }
        }
    }
}
