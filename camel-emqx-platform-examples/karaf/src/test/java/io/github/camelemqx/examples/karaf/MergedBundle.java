/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.karaf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * Several plain jars as one bundle, that exports all its packages and finds what else it needs when it needs it. Merged, not
 * nested: what lists converters and components is looked for at the root of a bundle.
 */
final class MergedBundle {

    private final String symbolicName;
    private final String version;
    private final Map<String, ByteArrayOutputStream> content = new TreeMap<>();

    MergedBundle(String symbolicName, String version, List<Path> jars) throws IOException {
        this.symbolicName = symbolicName;
        this.version = version;
        for (Path jar : jars) {
            add(jar);
        }
    }

    /** The packages that it has classes of. */
    Set<String> packages() {
        Set<String> names = new TreeSet<>();
        for (String entry : content.keySet()) {
            if (entry.endsWith(".class") && entry.contains("/") && !entry.startsWith("META-INF/")) {
                names.add(entry.substring(0, entry.lastIndexOf('/')).replace('/', '.'));
            }
        }
        return names;
    }

    /**
     * Writes the jar.
     *
     * @param imports packages, of the same version, that others export
     */
    Path write(Path folder, Collection<String> imports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        main.putValue("Export-Package", versioned(packages()));
        if (!imports.isEmpty()) {
            main.putValue("Import-Package", versioned(imports));
        }
        main.putValue("DynamicImport-Package", "*");
        Path jar = folder.resolve(symbolicName + "-" + version + ".jar");
        try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, ByteArrayOutputStream> entry : content.entrySet()) {
                output.putNextEntry(new JarEntry(entry.getKey()));
                entry.getValue().writeTo(output);
            }
        }
        return jar;
    }

    private void add(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                String name = entry.getName();
                if (entry.isDirectory() || name.equals(JarFile.MANIFEST_NAME)) {
                    continue;
                }
                boolean list = name.startsWith("META-INF/services/");
                ByteArrayOutputStream bytes = content.get(name);
                if (bytes == null) {
                    bytes = new ByteArrayOutputStream();
                    content.put(name, bytes);
                } else if (!list) {
                    continue;
                }
                bytes.write(file.getInputStream(entry).readAllBytes());
                if (list) {
                    bytes.write('\n');
                }
            }
        }
    }

    private String versioned(Collection<String> packages) {
        return packages.stream()
                .map(name -> name + ";version=\"" + version + "\"")
                .collect(Collectors.joining(","));
    }
}
