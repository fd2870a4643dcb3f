/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes the properties of the starter and their metadata from the options of the component, so that they are never others.
 * The build runs it; what it writes is committed.
 */
public final class GeneratedFiles {

    private GeneratedFiles() {}

    /**
     * Writes all of them.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, String> file : texts().entrySet()) {
            Path path = Path.of(arguments[0], file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** What is in them, by their paths below the folder. */
    static Map<String, String> texts() throws IOException {
        List<ComponentOption> options = ComponentOption.all();
        return Map.of(
                "java/" + PropertiesClass.PACKAGE.replace('.', '/') + "/" + PropertiesClass.NAME + ".java",
                PropertiesClass.text(options),
                "resources/META-INF/spring-configuration-metadata.json",
                PropertiesMetadata.text(options));
    }
}
