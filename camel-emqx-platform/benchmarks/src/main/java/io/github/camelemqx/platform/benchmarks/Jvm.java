/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process of this Java with this class path, which ends with it. What it writes as errors comes through. */
public final class Jvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    /**
     * Starts it.
     *
     * @param options such as the size of its heap
     */
    public Jvm(List<String> options, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** The next line that it writes. */
    public String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("The other process ended without an answer");
        }
        return line;
    }

    /** The line that it answers to this one. */
    public String answer(String question) throws IOException {
        input.write(question);
        input.newLine();
        input.flush();
        return line();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        output.close();
    }
}
