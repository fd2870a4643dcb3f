/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The features {@code camel-core}, {@code camel-http} and {@code camel-jackson}, made of the plain jars that routes run on
 * elsewhere, for where those of camel-karaf are not to be had. Other jars are made bundles of as camel-karaf does it.
 */
final class EmbeddedCamel {

    private final Path repository;
    private final Path target;
    private final String version;

    /**
     * @param repository has the jars, in the layout of a Maven repository
     * @param target such a repository, for what is made
     * @param version of camel-karaf, whose place the features take
     */
    EmbeddedCamel(Path repository, Path target, String version) {
        this.repository = repository;
        this.target = target;
        this.version = version;
    }

    /** Makes the bundles and the file of features. */
    void make() throws IOException {
        Path folder = target.resolve("org/apache/camel/karaf/apache-camel").resolve(version);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("apache-camel-" + version + "-features.xml"), features(folder));
    }

    private String features(Path folder) throws IOException {
        List<Path> camel =
                jars("org/apache/camel", jar -> !jar.startsWith(repository.resolve("org/apache/camel/karaf")));
        String camelVersion = versionOf(camel.get(0));
        List<Path> api = camel.stream()
                .filter(jar ->
                        List.of("camel-api", "camel-util", "camel-util-json").contains(nameOf(jar)))
                .toList();
        List<Path> rest = camel.stream().filter(jar -> !api.contains(jar)).toList();

        // two bundles: camel-core-osgi finds components only in bundles that import Camel's API
        MergedBundle apiBundle = new MergedBundle("embedded.camel.api", camelVersion, api);
        MergedBundle restBundle = new MergedBundle("embedded.camel.rest", camelVersion, rest);
        Path apiJar = apiBundle.write(folder, List.of());
        Path restJar = restBundle.write(folder, apiBundle.packages());
        Path osgi = withNewerCamel(jars("org/apache/camel/karaf", any -> true).get(0), folder);

        String jakarta = jars("jakarta", any -> true).stream()
                .map(jar -> bundle("", jar, ""))
                .collect(Collectors.joining());
        String http = jars("org/apache/httpcomponents", any -> true).stream()
                .map(jar -> bundle(
                        "wrap:",
                        jar,
                        "$Bundle-SymbolicName=wrap_" + nameOf(jar) + "&amp;Bundle-Version=" + versionOf(jar)))
                .collect(Collectors.joining());
        String jackson = jars("com/fasterxml/jackson/core", any -> true).stream()
                .map(jar -> bundle("", jar, ""))
                .collect(Collectors.joining());
        return """
                <features name="camel-embedded" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="camel-core" version="%1$s">
                %2$s  </feature>
                  <feature name="camel-http" version="%1$s">
                    <feature prerequisite="true">wrap</feature>
                    <feature>camel-core</feature>
                %3$s  </feature>
                  <feature name="camel-jackson" version="%1$s">
                    <feature>camel-core</feature>
                %4$s  </feature>
                </features>
                """.formatted(
                        camelVersion,
                        jakarta + bundle("", apiJar, "") + bundle("", restJar, "") + bundle("", osgi, ""),
                        http,
                        jackson);
    }

    /** camel-core-osgi itself wants Camel of its own minor version; its classes do with a newer one. */
    private static Path withNewerCamel(Path osgi, Path folder) throws IOException {
        Path copy = folder.resolve(osgi.getFileName());
        try (JarFile jar = new JarFile(osgi.toFile())) {
            Manifest manifest = new Manifest(jar.getManifest());
            Attributes main = manifest.getMainAttributes();
            String own = versionOf(osgi).replaceFirst("\\.[0-9]+$", "");
            String next = "4." + (Integer.parseInt(own.substring(2)) + 1);
            main.putValue(
                    "Import-Package",
                    main.getValue("Import-Package").replace("[" + own + "," + next + ")", "[" + own + ",5)"));
            try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        output.putNextEntry(new JarEntry(entry.getName()));
                        output.write(jar.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
        return copy;
    }

    private List<Path> jars(String folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(repository.resolve(folder))) {
            List<Path> found =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".jar"))
                            .filter(wanted)
                            .sorted()
                            .toList());
            if (found.isEmpty()) {
                throw new IllegalStateException("No jar under " + repository.resolve(folder));
            }
            return found;
        }
    }

    private static String bundle(String before, Path jar, String after) {
        return "    <bundle>" + before + jar.toUri() + after + "</bundle>\n";
    }

    private static String nameOf(Path jar) {
        return jar.getParent().getParent().getFileName().toString();
    }

    private static String versionOf(Path jar) {
        return jar.getParent().getFileName().toString();
    }
}
