/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.deploymentschedule;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PlatformSimulator;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.camel.main.Main;
import org.apache.camel.spi.RouteController;

/**
 * A schedule of seconds for a simulated deployment: it starts; then it is stopped, which takes longer than it may, its clients
 * being told before; to start it once more within the hour is not allowed. What is reported is printed.
 */
public final class ScheduleDemo {

    private ScheduleDemo() {}

    /** Runs it with a broker of the generation that EMQX_SIMULATOR names, {@code v5} or {@code v4}; ends with 1 if a report is missing. */
    public static void main(String[] args) throws Exception {
        String name = System.getenv().getOrDefault("EMQX_SIMULATOR", "v5");
        if (!run(Generation.valueOf(name.toUpperCase(Locale.ROOT)), ScheduleDemo::routes, System.out)) {
            System.exit(1);
        }
    }

    /** Those in Java. */
    static void routes(Main camel) {
        camel.configure().addRoutesBuilder(new Deployment());
        camel.configure().addRoutesBuilder(new Schedule());
    }

    /**
     * Whether all was reported.
     *
     * @param routes tells camel-main where the routes are
     */
    static boolean run(Generation generation, Consumer<Main> routes, PrintStream out) throws Exception {
        Reports reports = new Reports();
        Main camel = new Main();
        try (PlatformSimulator account = PlatformSimulator.start();
                EmqxSimulator broker = EmqxSimulator.start(generation)) {
            account.addProject("p1", "plant");
            String id = account.addDeployment("p1", "press-shop", "stopped").deploymentId();
            camel.addOverrideProperty("camel.component.emqx-platform.platform-api-url", account.platformApiUrl());
            camel.addOverrideProperty("camel.component.emqx-platform.platform-key", account.platformKey());
            camel.addOverrideProperty("camel.component.emqx-platform.platform-secret", account.platformSecret());
            camel.addOverrideProperty("camel.component.emqx-platform.api-url", broker.apiUrl());
            camel.addOverrideProperty("camel.component.emqx-platform.app-id", broker.appId());
            camel.addOverrideProperty("camel.component.emqx-platform.app-secret", broker.appSecret());
            camel.addOverrideProperty("schedule.deployment", id);
            camel.addOverrideProperty("schedule.start", "0/2 * * ? * *");
            camel.addOverrideProperty("schedule.stop", "0/2 * * ? * *");
            camel.addOverrideProperty("schedule.wait", "500");
            routes.accept(camel);
            camel.configure().addRoutesBuilder(reports);
            camel.configure().setAutoStartup(false);
            camel.start();
            try {
                // one after the other, as the morning and the evening are
                RouteController controller = camel.getCamelContext().getRouteController();
                for (String needed : new String[] {"report", "tell-clients", "start-deployment", "stop-deployment"}) {
                    controller.startRoute(needed);
                }
                account.settleAfterLooks(1);
                boolean started = tell(controller, "start", reports, out);
                account.settleAfterLooks(0);
                boolean late = tell(controller, "stop", reports, out);
                broker.published().stream()
                        .map(told -> "  " + told.topic() + "  " + told.text())
                        .distinct()
                        .forEach(out::println);
                return started && late && tell(controller, "start", reports, out);
            } finally {
                camel.stop();
            }
        }
    }

    /** Lets the schedule do it. In a schedule of seconds it may be time again before the route is stopped: then it is done already. */
    private static boolean tell(RouteController controller, String route, Reports reports, PrintStream out)
            throws Exception {
        controller.startRoute(route);
        String report;
        do {
            report = reports.next();
        } while (report != null && report.endsWith("already"));
        controller.stopRoute(route);
        out.println(route + ": press-shop " + report);
        return report != null;
    }
}
