/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.test.Generation;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What camel-opentelemetry2 makes of calls and events, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class TraceTest extends BothGenerations {

    private static final Set<String> OF_CAMEL = Set.of("http.status_code", "server.address", "messaging.message.id");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider tracing = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final PollOnDemand polls = new PollOnDemand();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("tracer", Tracer.class, tracing.get("camel"));
        context.getRegistry().bind("polls", polls);
        new OpenTelemetryTracer().init(context);
        return context;
    }

    @AfterEach
    void end() {
        tracing.close();
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:get").to("emqx-platform:clients?operation=get");
                from("direct:any").to("emqx-platform:clients?operation=list&allowOperationHeader=true");
                from("emqx-platform:clients?scheduler=#polls&events=connected")
                        .to("emqx-platform:clients?operation=subscriptions")
                        .to("mock:done");
            }
        };
    }

    @Test
    void aCallSaysWhatWasDoneAndWhereAndWhatTheApiSaid() {
        emqx.connect("c1");
        template.requestBodyAndHeader("direct:get", null, EmqxPlatformConstants.CLIENT_ID, "c1");
        Map<String, String> told = tags("clients get");
        assertThat(told)
                .containsEntry("emqx.resource", "clients")
                .containsEntry("emqx.operation", "get")
                .containsEntry("emqx.deployment", emqx.apiUrl())
                .containsEntry("http.status_code", "200")
                .containsEntry("server.address", emqx.apiUrl())
                .doesNotContainKey("emqx.retryable");
        if (v5()) {
            assertThat(told).doesNotContainKey("emqx.result_code");
        } else {
            assertThat(told).containsEntry("emqx.result_code", "0");
        }
        assertThat(tags("direct://get")).isEmpty();
    }

    @Test
    void aCallThatFailedSaysWithWhatCodeAndWhetherItMayBeRepeated() {
        Exchange failed = template.request(
                "direct:get", exchange -> exchange.getMessage().setHeader(EmqxPlatformConstants.CLIENT_ID, "nobody"));
        assertThat(failed.getException()).isInstanceOf(EmqxClientOfflineException.class);
        SpanData span = span("clients get");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(tags("clients get"))
                .containsEntry("http.status_code", v5() ? "404" : "200")
                .containsEntry("emqx.retryable", "false");
        if (v5()) {
            assertThat(tags("clients get")).containsEntry("emqx.result_code", "CLIENTID_NOT_FOUND");
        }
    }

    @Test
    void theOperationOfTheHeaderIsTheOneThatIsNamed() {
        emqx.connect("c1");
        template.requestBodyAndHeaders(
                "direct:any",
                null,
                Map.of(EmqxPlatformConstants.OPERATION, "get", EmqxPlatformConstants.CLIENT_ID, "c1"));
        assertThat(tags("clients get")).containsEntry("emqx.operation", "get");
        spans.reset();
        template.request("direct:any", exchange -> exchange.getMessage()
                .setHeader(EmqxPlatformConstants.OPERATION, "nothing\r\nof the kind"));
        assertThat(tags("clients list")).containsEntry("emqx.operation", "list");
    }

    @Test
    void anEventAndTheCallThatItLeadsToAreOneTrace() {
        polls.poll();
        emqx.connect("c1");
        polls.poll();
        SpanData event = span("clients watch");
        assertThat(tags("clients watch"))
                .containsEntry("emqx.resource", "clients")
                .containsEntry("emqx.event_type", "connected")
                .containsKey("messaging.message.id")
                .doesNotContainKeys("emqx.operation", "emqx.result_code", "http.status_code");
        SpanData call = span("clients subscriptions");
        assertThat(call.getTraceId()).isEqualTo(event.getTraceId());
        assertThat(call.getParentSpanId()).isEqualTo(event.getSpanId());
        assertThat(tags("clients subscriptions")).containsEntry("http.status_code", "200");
    }

    @Test
    void noSecretIsInASpan() {
        Exchange failed =
                call("clients?operation=get&clientId=c1&appId=someone&appSecret=RAW(" + SECRET + ")", null, Map.of());
        assertThat(failed.getException()).isInstanceOf(EmqxAuthenticationException.class);
        assertThat(span("clients get").getAttributes().asMap()).isNotEmpty();
        assertThat(spans.getFinishedSpanItems().toString()).doesNotContain(SECRET);
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is none of " + spans.getFinishedSpanItems()));
    }

    /** What spans of a name say that the decorator knows, or has Camel's names for. */
    private Map<String, String> tags(String name) {
        Map<String, String> tags = new TreeMap<>();
        spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .forEach(span -> span.getAttributes().forEach((key, value) -> {
                    if (key.getKey().startsWith("emqx.") || OF_CAMEL.contains(key.getKey())) {
                        tags.put(key.getKey(), String.valueOf(value));
                    }
                }));
        return tags;
    }
}
