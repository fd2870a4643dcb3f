/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.karaf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;

/** What the manifest of a jar says to an OSGi framework. */
record BundleManifest(String symbolicName, List<Clause> imports, List<Clause> exports) {

    static BundleManifest of(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes main = file.getManifest().getMainAttributes();
            return new BundleManifest(
                    main.getValue("Bundle-SymbolicName"),
                    clauses(main.getValue("Import-Package")),
                    clauses(main.getValue("Export-Package")));
        }
    }

    private static List<Clause> clauses(String header) {
        return List.of(Parser.parseHeader(header));
    }
}
