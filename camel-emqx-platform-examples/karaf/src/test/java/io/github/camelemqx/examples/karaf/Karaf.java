/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Karaf in a process of its own, as it comes from Maven Central: the programs of one folder, its configuration, data and
 * log in another, on ports that were free, for a user that only this run knows.
 */
final class Karaf {

    /** How long one call of the shell may take: features are downloaded in it. */
    private static final Duration CALL = Duration.ofMinutes(4);

    private static final Duration STOP = Duration.ofMinutes(1);

    private static final String USER = "runner";

    private final Path home;
    private final Path base;
    private final String password = UUID.randomUUID().toString();
    private final List<Integer> ports = new ArrayList<>();
    private Process process;

    private Karaf(Path home, Path base) {
        this.home = home;
        this.base = base;
    }

    /**
     * Starts one.
     *
     * @param home the unpacked distribution, which stays as it is
     * @param base is emptied first
     * @param repositories Maven repositories that are looked into before Maven Central, first one first
     */
    static Karaf start(Path home, Path base, List<Path> repositories) throws IOException {
        if (!Files.isExecutable(home.resolve("bin/karaf"))) {
            throw new IllegalStateException("There is no Karaf in " + home);
        }
        Karaf karaf = new Karaf(home, base);
        karaf.lay(repositories);
        karaf.process = karaf.script("karaf", "server")
                .redirectOutput(base.resolve("karaf.out").toFile())
                .start();
        // whatever becomes of this process, that one is not left behind
        Runtime.getRuntime().addShutdownHook(new Thread(karaf.process::destroyForcibly));
        return karaf;
    }

    /**
     * Says something to its shell, waiting until it can be reached, and gives what it answers.
     *
     * @throws IllegalStateException with the answer, when one of the commands failed or took too long
     */
    String run(String... commands) throws IOException, InterruptedException {
        Path answer = base.resolve("client.out");
        Process client = script(
                        "client",
                        "-b",
                        "-a",
                        ports.get(0).toString(),
                        "-u",
                        USER,
                        "-p",
                        password,
                        "-r",
                        "120",
                        "-d",
                        "1")
                .redirectOutput(answer.toFile())
                .start();
        try (var input = client.outputWriter()) {
            input.write(String.join("\n", commands) + "\n");
        }
        boolean ended = client.waitFor(CALL.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            client.destroyForcibly().waitFor();
        }
        String said = Files.readString(answer)
                .replaceAll("(?m)^retrying \\(attempt.*\\R|\\e\\[[0-9;]*m", "")
                .trim();
        if (!ended || client.exitValue() != 0) {
            throw new IllegalStateException(
                    String.join("; ", commands) + (ended ? " failed: " : " did not end within " + CALL + ": ") + said);
        }
        return said;
    }

    /** Writes a configuration file, which Karaf reads again within a second or two. */
    void configure(String pid, Map<String, String> values) throws IOException {
        String text = values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Path file = base.resolve("etc").resolve(pid + ".cfg");
        Path draft = file.resolveSibling(pid + ".draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The end of what it wrote on its console and into its log. */
    String log() {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("karaf.out", "data/log/karaf.log")) {
            Path file = base.resolve(name);
            try {
                List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of("(none)");
                text.append("---- ").append(file).append('\n');
                lines.subList(Math.max(0, lines.size() - 400), lines.size())
                        .forEach(line -> text.append(line).append('\n'));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to stop, as the system does that runs it as a service. Whether it did within a minute; else it is ended by force. */
    boolean stop() throws InterruptedException {
        process.destroy();
        try {
            return process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        } finally {
            kill();
        }
    }

    /** Ends what is left of it. */
    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    private void lay(List<Path> repositories) throws IOException {
        delete(base);
        Files.createDirectories(base.resolve("data"));
        Files.createDirectories(base.resolve("deploy"));
        copy(home.resolve("etc"), base.resolve("etc"));
        for (int i = 0; i < 3; i++) {
            ports.add(freePort());
        }
        set("org.apache.karaf.shell", Map.of("sshHost", "127.0.0.1", "sshPort", ports.get(0)));
        set("org.apache.karaf.management", Map.of("rmiRegistryPort", ports.get(1), "rmiServerPort", ports.get(2)));
        Path users = base.resolve("etc/users.properties");
        Files.writeString(
                users,
                Files.readString(users) + "\n" + USER + " = " + password + ",_g_:admingroup\n"
                        + "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n");
        String looked = Stream.concat(repositories.stream(), Stream.of(home.resolve("system")))
                .map(folder -> folder.toUri() + "@id=" + folder.getFileName() + "@snapshots")
                .collect(Collectors.joining(", "));
        Files.writeString(base.resolve("etc/org.ops4j.pax.url.mvn.cfg"), """
                org.ops4j.pax.url.mvn.useFallbackRepositories = false
                org.ops4j.pax.url.mvn.defaultRepositories = %s
                org.ops4j.pax.url.mvn.repositories = https://repo.maven.apache.org/maven2@id=central
                org.ops4j.pax.url.mvn.timeout = 5000
                org.ops4j.pax.url.mvn.socket.readTimeout = 30000
                """.formatted(looked));
    }

    /** Replaces values of a configuration that the distribution has. */
    private void set(String pid, Map<String, Object> values) throws IOException {
        Path file = base.resolve("etc").resolve(pid + ".cfg");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        values.forEach((name, value) -> {
            lines.removeIf(line -> line.matches("\\s*" + name + "\\s*=.*"));
            lines.add(name + " = " + value);
        });
        Files.write(file, lines);
    }

    private ProcessBuilder script(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(name).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("KARAF_") || variable.equals("JAVA_OPTS"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("KARAF_BASE", base.toString());
        environment.put("KARAF_DATA", base.resolve("data").toString());
        environment.put("KARAF_ETC", base.resolve("etc").toString());
        // the script becomes Karaf: one process to wait for
        environment.put("KARAF_EXEC", "exec");
        // it lives for a minute: code that starts soon is worth more here than code that is fast
        environment.put("EXTRA_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        return builder;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            }
        }
    }
}
