/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.karaf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.felix.utils.manifest.Clause;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * The packages that there are in a Karaf with the features, each in its versions. A bundle offers what it exports. Camel's
 * jars are plain; camel-karaf makes bundles of them that export all in Camel's version. Other plain jars it wraps, and then
 * they export all without a version.
 */
final class Offer {

    private final Map<String, Set<Version>> packages = new HashMap<>();

    void add(Path jar) throws IOException {
        BundleManifest manifest = BundleManifest.of(jar);
        if (manifest.symbolicName() != null) {
            manifest.exports()
                    .forEach(export -> add(export.getName(), Version.parseVersion(export.getAttribute("version"))));
            return;
        }
        Version version = isCamels(jar)
                ? Version.parseVersion(jar.getParent().getFileName().toString())
                : Version.emptyVersion;
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF/"))
                    .forEach(
                            name -> add(name.substring(0, name.lastIndexOf('/')).replace('/', '.'), version));
        }
    }

    /** What is wrong with an import, or null. */
    String missing(Clause wanted) {
        String name = wanted.getName();
        if (isOfJdk(name) || isOfKaraf(name)) {
            return null;
        }
        Set<Version> offered = packages.getOrDefault(name, Set.of());
        if (offered.isEmpty()) {
            return "optional".equals(wanted.getDirective("resolution")) ? null : name + " is offered by nobody";
        }
        String range = wanted.getAttribute("version");
        if (range == null || offered.stream().anyMatch(new VersionRange(range)::includes)) {
            return null;
        }
        return name + " is wanted in " + range + " and offered in " + offered;
    }

    private void add(String name, Version version) {
        packages.computeIfAbsent(name, unseen -> new HashSet<>()).add(version);
    }

    private static boolean isCamels(Path jar) {
        return jar.getParent().getParent().getParent().endsWith(Path.of("org", "apache", "camel"));
    }

    private static boolean isOfJdk(String name) {
        return name.startsWith("java.")
                || ModuleLayer.boot().modules().stream()
                        .anyMatch(module -> module.getName().startsWith("java.") && module.isExported(name));
    }

    /** Pax Logging, which every Karaf has, offers SLF4J 1 and 2. */
    private static boolean isOfKaraf(String name) {
        return name.equals("org.slf4j");
    }
}
