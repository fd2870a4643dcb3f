/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is in the component: in its jar, or in the folder of its classes, as Maven has it.
 *
 * @param names of all its files, with slashes
 */
record ComponentFiles(List<String> names) {

    private static final String ROOT = "io/github/camelemqx/platform/";

    /** Those that are where this class of it is. */
    static ComponentFiles of(Class<?> type) {
        try {
            Path place = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return new ComponentFiles(names(place));
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
                return new ComponentFiles(names(jar.getPath("/")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    boolean has(String name) {
        return names.contains(name) && !name.endsWith(".class");
    }

    List<String> files(String folder) {
        return names.stream().filter(name -> name.startsWith(folder)).toList();
    }

    /** The names of public classes in packages of the component. */
    List<String> publicClasses(String... packages) {
        return Stream.of(packages)
                .flatMap(one -> files(ROOT + one + "/").stream())
                .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .filter(ComponentFiles::isPublic)
                .toList();
    }

    private static boolean isPublic(String type) {
        try {
            return Modifier.isPublic(Class.forName(type, false, ComponentFiles.class.getClassLoader())
                    .getModifiers());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file as text, each byte a character. */
    String text(String name) {
        try (InputStream stream = ComponentFiles.class.getClassLoader().getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
