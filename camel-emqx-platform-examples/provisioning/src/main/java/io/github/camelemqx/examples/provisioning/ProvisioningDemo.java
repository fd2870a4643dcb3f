/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcDataSource;

/** A file and a table of devices become users of a simulated deployment, which has one of them already; prints what became of each. */
public final class ProvisioningDemo {

    private ProvisioningDemo() {}

    /** Runs it on the generation that EMQX_SIMULATOR names, {@code v5} or {@code v4}; ends with 1 if users are missing. */
    public static void main(String[] args) throws Exception {
        String name = System.getenv().getOrDefault("EMQX_SIMULATOR", "v5");
        Path folder = Files.createTempDirectory("provisioning");
        if (!run(Generation.valueOf(name.toUpperCase(Locale.ROOT)), folder, ProvisioningDemo::routes, System.out)) {
            System.exit(1);
        }
    }

    /** Those in Java. */
    private static void routes(Main camel) {
        camel.configure().addRoutesBuilder(new UserCreation());
        camel.configure().addRoutesBuilder(new FromFile());
        camel.configure().addRoutesBuilder(new FromTable());
    }

    /**
     * Whether all devices that can be users are.
     *
     * @param folder for the file and its report
     * @param routes tells camel-main where the routes are
     */
    static boolean run(Generation generation, Path folder, Consumer<Main> routes, PrintStream out) throws Exception {
        JdbcDataSource devices = new JdbcDataSource();
        devices.setURL("jdbc:h2:mem:provisioning-" + generation);
        try (EmqxSimulator simulator = EmqxSimulator.start(generation);
                // the table is there as long as this connection
                Connection table = table(devices)) {
            simulator.addUser("pump-2", "hV6-glacier-60");
            copy("devices.csv", folder.resolve("inbox"));
            Main camel = new Main();
            camel.bind("devices", devices);
            camel.addOverrideProperty("camel.component.emqx-platform.api-url", simulator.apiUrl());
            camel.addOverrideProperty("camel.component.emqx-platform.app-id", simulator.appId());
            camel.addOverrideProperty("camel.component.emqx-platform.app-secret", simulator.appSecret());
            camel.addOverrideProperty(
                    "provisioning.inbox", folder.resolve("inbox").toString());
            camel.addOverrideProperty(
                    "provisioning.reports", folder.resolve("reports").toString());
            routes.accept(camel);
            camel.init();
            NotifyBuilder both = new NotifyBuilder(camel.getCamelContext())
                    .fromRoute("file")
                    .whenDone(1)
                    .and()
                    .fromRoute("table")
                    .whenDone(1)
                    .create();
            camel.start();
            try {
                both.matches(1, TimeUnit.MINUTES);
            } finally {
                camel.stop();
            }
            out.println("devices.report.csv");
            Files.readAllLines(folder.resolve("reports/devices.report.csv")).forEach(line -> out.println("  " + line));
            out.println("table devices");
            print(table, out);
            out.println("users  " + new TreeSet<>(simulator.users()));
            return simulator.users().equals(Set.of("pump-1", "pump-2", "valve-1", "gate-1", "gate-2"));
        }
    }

    private static void copy(String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (InputStream file = ProvisioningDemo.class.getResourceAsStream("/" + name)) {
            Files.copy(file, folder.resolve(name));
        }
    }

    private static Connection table(JdbcDataSource devices) throws SQLException {
        Connection connection = devices.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("runscript from 'classpath:devices.sql'");
        }
        return connection;
    }

    private static void print(Connection table, PrintStream out) throws SQLException {
        try (Statement statement = table.createStatement();
                ResultSet rows =
                        statement.executeQuery("select id, device_id, status, reason from devices order by id")) {
            while (rows.next()) {
                String reason = rows.getString("reason");
                out.println("  " + rows.getLong("id") + " " + rows.getString("device_id") + " "
                        + rows.getString("status") + (reason.isEmpty() ? "" : ": " + reason));
            }
        }
    }
}
