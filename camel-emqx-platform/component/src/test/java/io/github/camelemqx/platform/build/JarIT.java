/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar as users get it: what Camel, IDEs, Quarkus and OSGi look for is in it, and loads from it alone. */
class JarIT {

    private static final Path JAR = Path.of(System.getProperty("jar"));
    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    @Test
    void everythingThatIsLookedForIsThere() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains(
                            "META-INF/io/github/camelemqx/platform/emqx-platform.json",
                            "META-INF/jandex.idx",
                            "META-INF/LICENSE",
                            SERVICES + "component.properties",
                            SERVICES + "component/emqx-platform",
                            SERVICES + "configurer/emqx-platform-component",
                            SERVICES + "configurer/emqx-platform-endpoint",
                            SERVICES + "dev-console/emqx-platform",
                            SERVICES + "dev-consoles.properties",
                            SERVICES + "urifactory/emqx-platform-endpoint",
                            SERVICES + "TypeConverterLoader",
                            "io/github/camelemqx/platform/catalog/clients.json",
                            "io/github/camelemqx/platform/catalog/result-codes.tsv")
                    .doesNotContain("component.properties", "dev-consoles.properties");
            assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))
                    .isEqualTo("io.github.camelemqx.camel-emqx-platform");
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("io.github.camelemqx.platform");
        }
    }

    @Test
    void everyServiceFileNamesAClassOfTheJar() throws Exception {
        List<String> named = new ArrayList<>();
        try (JarFile jar = new JarFile(JAR.toFile());
                URLClassLoader alone = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            for (var entry : jar.stream().toList()) {
                if (!entry.isDirectory() && entry.getName().startsWith(SERVICES)) {
                    named.addAll(classes(jar, entry));
                }
            }
            for (String name : named) {
                Class<?> type = alone.loadClass(name);
                assertThat(type.getProtectionDomain().getCodeSource().getLocation())
                        .as(name)
                        .isEqualTo(JAR.toUri().toURL());
                assertThat(type.getDeclaredConstructor().newInstance()).isNotNull();
            }
        }
        assertThat(named).hasSize(6);
    }

    @Test
    void aContextFindsTheComponentInTheJar() throws Exception {
        try (URLClassLoader alone = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            // a context looks for what it may have (a registry of health checks) while it is made
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(alone);
            try {
                Object context = alone.loadClass("org.apache.camel.impl.DefaultCamelContext")
                        .getDeclaredConstructor()
                        .newInstance();
                Object component = context.getClass()
                        .getMethod("getComponent", String.class)
                        .invoke(context, "emqx-platform");
                assertThat(component.getClass().getName())
                        .isEqualTo("io.github.camelemqx.platform.EmqxPlatformComponent");
                assertThat(component.getClass().getClassLoader()).isSameAs(alone);
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    private static List<String> classes(JarFile jar, ZipEntry service) throws IOException {
        try (InputStream stream = jar.getInputStream(service)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = Pattern.compile("(?m)^(?:class=)?(io\\.github\\.camelemqx\\.[\\w.]+)$")
                    .matcher(text);
            return matcher.results().map(match -> match.group(1)).toList();
        }
    }

    /** The jar and what it needs, without the folders that it was made from. */
    private static URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(JAR.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar") && !entry.equals(JAR.toString())) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
