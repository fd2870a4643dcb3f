/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a run of an application reached by name.
 *
 * @param classes by name, with the place that reached them first
 * @param resources by name, with the place that opened them first
 * @param exit the exit code of the process
 */
record RecordedRun(Map<String, String> classes, Map<String, String> resources, int exit) {

    /** Longer than the tour takes by far, with a debugger that looks at it. */
    private static final long MOST_SECONDS = 120;

    /**
     * Runs it to its end, in a process of its own.
     *
     * @param jar of the application
     * @param properties system properties
     * @param wanted names that are recorded
     * @param output gets what the application prints
     */
    static RecordedRun of(Path jar, Map<String, String> properties, Predicate<String> wanted, Path output)
            throws IOException, InterruptedException, IllegalConnectorArgumentsException {
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(one -> one.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        arguments.get("timeout").setValue(String.valueOf(TimeUnit.SECONDS.toMillis(MOST_SECONDS)));
        String address = connector.startListening(arguments);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            VirtualMachine machine = connector.accept(arguments);
            connector.stopListening(arguments);
            Recorder recorder = new Recorder(wanted);
            recorder.follow(machine, TimeUnit.SECONDS.toMillis(MOST_SECONDS));
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The application does not end");
            }
            return new RecordedRun(recorder.classes(), recorder.resources(), process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
