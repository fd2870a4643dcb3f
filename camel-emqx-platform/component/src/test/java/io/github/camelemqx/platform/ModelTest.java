/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.model.AclRule;
import io.github.camelemqx.platform.model.Alarm;
import io.github.camelemqx.platform.model.Ban;
import io.github.camelemqx.platform.model.BulkOutcome;
import io.github.camelemqx.platform.model.Certificate;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.Node;
import io.github.camelemqx.platform.model.PlatformDeployment;
import io.github.camelemqx.platform.model.PlatformProject;
import io.github.camelemqx.platform.model.PublishResult;
import io.github.camelemqx.platform.model.RetainedMessage;
import io.github.camelemqx.platform.model.Row;
import io.github.camelemqx.platform.model.Rule;
import io.github.camelemqx.platform.model.Subscription;
import io.github.camelemqx.platform.model.Topic;
import io.github.camelemqx.platform.model.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows become records and records become rows, through Camel's converters and through JSON. */
class ModelTest {

    private static final String SECRET = "word-that-is-secret";
    private static final Instant THEN = Instant.parse("2026-11-23T10:27:53Z");
    private static final Instant LATER = Instant.parse("2026-11-23T10:37:42.253Z");

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private TypeConverter converter() {
        return context.getTypeConverter();
    }

    /** One of each, every component set. */
    static Stream<Row> records() {
        return Stream.of(
                new AclRule("client", "c1", "u1", "t/#", "publish", "deny", List.of(0, 1), true),
                new Alarm("n", "a", "m", Map.of("usage", 97), THEN, LATER, false, Duration.ofMillis(23)),
                new Ban("clientid", "c1", "why", "who", THEN, LATER),
                new BulkOutcome(3, false, "112", "not there", Map.of("clientid", "c1", "topic", "t")),
                new Certificate("one-way", "running", "2027-01-01"),
                new Client(
                        "c1",
                        "u1",
                        false,
                        LATER,
                        LATER,
                        THEN,
                        "10.0.0.7",
                        5000,
                        "n",
                        "MQTT",
                        5,
                        60,
                        true,
                        4_294_967_295L,
                        2),
                new Node("n", "running", "5.8.9", 7),
                new PlatformDeployment(
                        "d1", "name", "dedicated", "running", "v5", "aws", "eu-1", "p", 1000, 500, "2026-01-01"),
                new PlatformProject("p1", "name", "words"),
                new PublishResult("id", 16, "no_matching_subscribers"),
                new RetainedMessage("t", 1, "a2VlcA==", "id", LATER, "c1", "u1"),
                new Rule("r", "name", "SELECT 1", true, "words", List.of("t/#"), THEN, LATER),
                new Subscription("c1", "t", 2, "n", true, false, 1),
                new Topic("t", "n"),
                new User("u1", true, THEN));
    }

    @Test
    void everyRecordIsTested() {
        assertThat(records().map(Object::getClass).map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Row.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordIsItsRowAndItsJson(Row record) throws Exception {
        Class<?> type = record.getClass();
        Map<?, ?> row = converter().convertTo(Map.class, record);
        assertThat(row).hasSizeGreaterThanOrEqualTo(type.getRecordComponents().length);
        assertThat(row.keySet()).allSatisfy(name -> assertThat(name).isInstanceOf(String.class));
        Object read = converter().mandatoryConvertTo(type, row);
        assertThat(read).isEqualTo(record);
        ObjectMapper json = new ObjectMapper();
        assertThat((Object) json.readValue(json.writeValueAsString(record), type))
                .isEqualTo(record);
        assertThat(json.writeValueAsString(record)).isEqualTo(json.writeValueAsString(row));
    }

    @ParameterizedTest
    @MethodSource("records")
    void fieldsThatNobodyKnowsAreNobodysBusiness(Row record) throws NoTypeConversionAvailableException {
        Map<String, Object> row = new HashMap<>(record.toMap());
        row.put("brand_new", Map.of("deep", List.of(1)));
        Row read = (Row) converter().mandatoryConvertTo(record.getClass(), row);
        if (read instanceof BulkOutcome outcome) {
            assertThat(outcome.item()).containsKey("brand_new");
        } else {
            assertThat(read).isEqualTo(record);
        }
    }

    @Test
    void whatIsMissingIsNullAndNullIsNotWritten() throws NoTypeConversionAvailableException {
        for (Row record : records().toList()) {
            if (record instanceof BulkOutcome) {
                continue;
            }
            Row empty = (Row) converter().mandatoryConvertTo(record.getClass(), Map.of());
            assertThat(empty.toMap()).isEqualTo(empty instanceof Ban ? Map.of("until", "infinity") : Map.of());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Client       | keepalive    | a whole number",
                "Client       | connected    | true or false",
                "Client       | connected_at | an ISO-8601 time",
                "Ban          | until        | an ISO-8601 time",
                "Alarm        | details      | an object",
                "AclRule      | qos          | a list of whole numbers",
                "AclRule      | retain       | true or false",
                "Rule         | from         | a list of texts",
                "Subscription | qos          | a whole number",
                "Node         | connections  | a whole number",
                "BulkOutcome  | index        | a whole number"
            })
    void aWrongTypeIsSaidWithoutTheValue(String record, String field, String expected) throws Exception {
        Class<?> type = Class.forName(Row.class.getPackageName() + "." + record);
        Map<String, Object> row = new HashMap<>(Map.of(field, SECRET, "password", SECRET));
        TypeConversionException failed = catchThrowableOfType(
                TypeConversionException.class, () -> converter().mandatoryConvertTo(type, row));
        assertThat(failed)
                .hasMessageContaining(record + ": field " + field + " must be " + expected)
                .hasMessageNotContaining(SECRET)
                .hasStackTraceContaining(record)
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(SECRET));
        assertThat(failed.getToType()).isEqualTo(type);
    }

    @Test
    void aTextThatIsNoneIsSaidToo() {
        assertThatThrownBy(() -> converter().mandatoryConvertTo(Topic.class, Map.of("topic", List.of("t"))))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("Topic: field topic must be a text");
        assertThatThrownBy(() -> converter().mandatoryConvertTo(Client.class, Map.of("port", 1L << 40)))
                .hasMessageContaining("Client: field port must be a number of 32 bits");
        assertThatThrownBy(() -> converter().mandatoryConvertTo(BulkOutcome.class, Map.of("index", 0)))
                .hasMessageContaining("BulkOutcome: field success is missing");
    }

    @Test
    void whatGenerationsWriteOtherwiseMeansTheSame() {
        Map<String, Object> v5 = Map.of("scope", "all", "topic", "t", "qos", List.of(0, 1, 2), "retain", "all");
        assertThat(AclRule.of(v5)).isEqualTo(AclRule.of(Map.of("scope", "all", "topic", "t")));
        assertThat(AclRule.of(Map.of("retain", false)).retain()).isFalse();
        assertThat(Ban.of(Map.of("until", "infinity")).until()).isNull();
        assertThat(Subscription.of(Map.of("nl", 1, "rap", 0)).noLocal()).isTrue();
        assertThat(Client.of(Map.of("connected_at", "2026-11-23T11:27:53+01:00"))
                        .connectedAt())
                .isEqualTo(THEN);
    }

    @Test
    void aPayloadIsItsBytes() {
        // recording v5 161
        assertThat(RetainedMessage.of(Map.of("payload", "a2VlcA==")).payloadBytes())
                .asString()
                .isEqualTo("keep");
        assertThat(RetainedMessage.of(Map.of()).payloadBytes()).isNull();
    }

    @Test
    void whatIsInsideIsUnmodifiable() {
        BulkOutcome outcome = new BulkOutcome(0, true, null, null, new HashMap<>());
        assertThatThrownBy(() -> outcome.item().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        Alarm alarm = new Alarm("n", "a", "m", new HashMap<>(), THEN, null, true, null);
        assertThatThrownBy(() -> alarm.details().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    private static String stackTrace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
