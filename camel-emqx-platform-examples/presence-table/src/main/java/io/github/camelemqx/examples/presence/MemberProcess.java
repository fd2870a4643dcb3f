/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;

/** A {@link Member} that can be ended the hard way. */
final class MemberProcess implements AutoCloseable {

    private final String name;
    private final Process process;

    /** @param folder where its log goes */
    MemberProcess(String name, Map<String, String> settings, Path folder) throws IOException, URISyntaxException {
        this.name = name;
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                Member.class.getName());
        // not as arguments: the list of processes shows those
        builder.environment().putAll(settings);
        builder.environment().put("PRESENCE_MEMBER", name);
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("member-" + name + ".log").toFile())
                .start();
    }

    /** That of this process, also where Maven has put it together. */
    private static String classPath() throws URISyntaxException {
        if (MemberProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            StringJoiner paths = new StringJoiner(File.pathSeparator);
            for (URL url : loader.getURLs()) {
                paths.add(Path.of(url.toURI()).toString());
            }
            return paths.toString();
        }
        return System.getProperty("java.class.path");
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As a power cut does: it closes nothing and says nothing. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
