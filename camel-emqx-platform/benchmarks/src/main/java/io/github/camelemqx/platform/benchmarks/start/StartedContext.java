/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConfiguration;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process in which a context starts with many endpoints: the first one, in which everything is loaded, and more after it. */
public final class StartedContext {

    /** Of which component the endpoints are. */
    enum Kind {
        /** Ours, each for another client. */
        COMPONENT,
        /** camel-http's, each with another address of one server. */
        CAMEL_HTTP
    }

    /** No server is asked anything. */
    private static final String API = "http://127.0.0.1:9/api/v5";

    private StartedContext() {}

    /**
     * Measures, and writes the figures as a line of JSON.
     *
     * @param args the kind, how many endpoints, and how many contexts are started after the first
     */
    public static void main(String[] args) throws Exception {
        System.out.println(new ObjectMapper()
                .writeValueAsString(
                        figures(Kind.valueOf(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))));
    }

    /** What starts took, and what there was of HTTP clients after the first. */
    static Map<String, Object> figures(Kind kind, int endpoints, int more) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Object> figures = new LinkedHashMap<>();
        long cpu = process.getProcessCpuTime();
        long begin = System.nanoTime();
        try (DefaultCamelContext context = started(kind, endpoints)) {
            figures.put("firstMillis", (System.nanoTime() - begin) / 1e6);
            figures.put("firstCpuMillis", (process.getProcessCpuTime() - cpu) / 1e6);
            figures.put("endpoints", context.getEndpoints().size() - endpoints);
            String objects = objects();
            figures.put("httpClients", count(objects, "org.apache.hc.client5.http.impl.classic.InternalHttpClient"));
            figures.put(
                    "connectionPools",
                    count(objects, "org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager"));
        }
        double[] millis = new double[more];
        for (int i = 0; i < more; i++) {
            begin = System.nanoTime();
            DefaultCamelContext context = started(kind, endpoints);
            millis[i] = (System.nanoTime() - begin) / 1e6;
            context.close();
        }
        Arrays.sort(millis);
        figures.put("laterMillis", more == 0 ? Double.NaN : millis[more / 2]);
        return figures;
    }

    private static DefaultCamelContext started(Kind kind, int endpoints) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        if (kind == Kind.COMPONENT) {
            EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                    .getConfiguration();
            connection.setApiUrl(API);
            connection.setAppId("key");
            connection.setAppSecret("word");
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < endpoints; i++) {
                    from("direct:" + i).to(uri(kind, i));
                }
            }
        });
        context.start();
        return context;
    }

    private static String uri(Kind kind, int i) {
        return switch (kind) {
            case COMPONENT -> "emqx-platform:clients?operation=kick&clientId=c" + i;
            case CAMEL_HTTP ->
                API + "/clients/c" + i + "?httpMethod=DELETE&authMethod=Basic&authUsername=key&authPassword=word"
                        + "&authenticationPreemptive=true";
        };
    }

    /** A table of all that is in use of the heap, a class a line. */
    private static String objects() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }

    private static long count(String objects, String type) {
        return objects.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }
}
