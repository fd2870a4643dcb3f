/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.PARAMETERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.model.AclRule;
import io.github.camelemqx.platform.model.Alarm;
import io.github.camelemqx.platform.model.Ban;
import io.github.camelemqx.platform.model.BulkOutcome;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.Subscription;
import io.github.camelemqx.platform.model.Topic;
import io.github.camelemqx.platform.model.User;
import io.github.camelemqx.platform.test.BanRow;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.SimulatedClient;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every form in which a route may have a row, or many, on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class BodiesTest extends BothGenerations {

    private static final Instant UNTIL = Instant.parse("2099-01-01T00:00:00Z");

    @TempDir
    Path folder;

    /** A user as an application may have it. */
    public record NewUser(String username, String password) {}

    /** A user as an older application may have it. */
    public static final class UserBean {

        private final String name;

        UserBean(String name) {
            this.name = name;
        }

        public String getUsername() {
            return name;
        }

        public String getPassword() {
            return SECRET;
        }

        /** Nothing to say is not sent. */
        public Boolean getIs_superuser() {
            return null;
        }
    }

    /** A ban as an application may have it, with a time. */
    public record Sentence(String as, String who, Instant until) {}

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:user")
                        .streamCache("true")
                        .to("emqx-platform:users?operation=create")
                        .to("mock:created");
                from("direct:users")
                        .streamCache("true")
                        .to("emqx-platform:users?operation=create-bulk")
                        .to("mock:created");
                from("file:" + folder + "/in?initialDelay=0&delay=20&fileName=users.json")
                        .to("emqx-platform:users?operation=create-bulk")
                        .to("mock:file");
            }
        };
    }

    @BeforeEach
    void createTheSource() {
        if (v5()) {
            result(
                    "api?operation=request&param.method=POST&param.path=/authorization/sources",
                    Map.of("type", "built_in_database", "enable", true));
        }
    }

    private static String json(String name) {
        return "{\"user_id\":\"%s\",\"password\":\"%s\"}".formatted(name, SECRET);
    }

    private static byte[] bytes(String name) {
        return json(name).getBytes(StandardCharsets.UTF_8);
    }

    /** The forms of one row, by a name that serves as the user's id. */
    private Map<String, Object> forms() {
        Map<String, Object> forms = new LinkedHashMap<>();
        forms.put("map", Map.of("user_id", "map", "password", SECRET));
        forms.put("record", new NewUser("record", SECRET));
        forms.put("bean", new UserBean("bean"));
        forms.put("text", json("text"));
        forms.put("bytes", bytes("bytes"));
        forms.put("buffer", ByteBuffer.wrap(bytes("buffer")));
        forms.put("stream", new ByteArrayInputStream(bytes("stream")));
        forms.put("reader", new StringReader(json("reader")));
        forms.put("cached-bytes", new InputStreamCache(bytes("cached-bytes")));
        forms.put("cached-text", new ReaderCache(json("cached-text")));
        forms.put("cached-file", spooled(json("cached-file")));
        forms.put("file", file("file.json", json("file")));
        forms.put("tree", tree(json("tree")));
        return forms;
    }

    /** What a route's stream caching makes of a body that is too large for memory. */
    private Object spooled(String text) {
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolDirectory(folder.toFile());
        context.getStreamCachingStrategy().setSpoolThreshold(1);
        try (CachedOutputStream out =
                new CachedOutputStream(context.getEndpoint("mock:x").createExchange(), false)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return out.newStreamCache();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneRowInEveryForm() throws Exception {
        Map<String, Object> forms = forms();
        MockEndpoint created = getMockEndpoint("mock:created");
        created.expectedMessageCount(forms.size());
        forms.values().forEach(body -> template.sendBody("direct:user", body));
        created.assertIsSatisfied();
        assertThat(created.getExchanges())
                .extracting(exchange ->
                        exchange.getMessage().getBody(Map.class).get("user_id").toString())
                .containsExactlyElementsOf(forms.keySet());
        assertThat(emqx.users()).containsAll(forms.keySet());
    }

    @Test
    void aListOfRowsInEveryForm() {
        Map<String, Object> forms = forms();
        assertThat(rows("users?operation=create-bulk", new ArrayList<>(forms.values())))
                .extracting(outcome -> outcome.get("user_id"))
                .containsExactlyElementsOf(forms.keySet());
        assertThat(emqx.users()).containsAll(forms.keySet());
    }

    @Test
    void allRowsInEveryForm() {
        String array = "[" + json("%s-1") + "," + json("%s-2") + "]";
        Map<String, Object> forms = new LinkedHashMap<>();
        List<String> names = List.of("text", "bytes", "stream", "reader", "cached", "spooled", "file", "tree");
        Map<String, String> texts = new LinkedHashMap<>();
        names.forEach(name -> texts.put(name, array.replace("%s", name)));
        forms.put("text", texts.get("text"));
        forms.put("bytes", texts.get("bytes").getBytes(StandardCharsets.UTF_8));
        forms.put("stream", new ByteArrayInputStream(texts.get("stream").getBytes(StandardCharsets.UTF_8)));
        forms.put("reader", new StringReader(texts.get("reader")));
        forms.put("cached", new InputStreamCache(texts.get("cached").getBytes(StandardCharsets.UTF_8)));
        forms.put("spooled", spooled(texts.get("spooled")));
        forms.put("file", file("all.json", texts.get("file")));
        forms.put("tree", tree(texts.get("tree")));
        forms.put("array", new Object[] {json("array-1"), bytes("array-2")});
        forms.put(
                "iterator",
                List.of(json("iterator-1"), new NewUser("iterator-2", SECRET)).iterator());
        forms.forEach((name, body) -> {
            Exchange done = template.request(
                    "direct:users", exchange -> exchange.getMessage().setBody(body));
            assertThat(done.getException()).as(name).isNull();
            assertThat(emqx.users()).contains(name + "-1", name + "-2");
        });
    }

    @Test
    void aFileOfTheFileComponent() throws Exception {
        MockEndpoint done = getMockEndpoint("mock:file");
        done.expectedMessageCount(1);
        Files.createDirectories(folder.resolve("in"));
        Path whole = Files.writeString(folder.resolve("whole"), "[" + json("f1") + "," + json("f2") + "]");
        Files.move(whole, folder.resolve("in/users.json"));
        done.assertIsSatisfied();
        assertThat(emqx.users()).contains("f1", "f2");
    }

    @Test
    void aStreamThatIsReadIsThereAgainOnlyForTheCall() {
        emqx.connect("c1");
        // the body of a route with stream caching was read before, and is read again by the call
        InputStreamCache cache =
                new InputStreamCache("{\"clientid\":\"c1\",\"topic\":\"t\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(context.getTypeConverter().convertTo(String.class, cache)).contains("c1");
        cache.reset();
        result("clients?operation=subscribe", cache);
        assertThat(emqx.client("c1").orElseThrow().subscriptions()).containsKey("t");
    }

    @Test
    void idsInEveryForm() {
        List<Object> bodies = List.of(
                List.of("a0"),
                "[\"a1\"]",
                "[{\"clientid\":\"a2\",\"node\":\"x\"}]",
                "[\"a3\"]".getBytes(StandardCharsets.UTF_8),
                new String[] {"a4"},
                List.of("{\"clientid\":\"a5\"}"),
                List.of(Map.of("clientid", "a6")),
                List.of(Client.of(Map.of("clientid", "a7", "connected", true))),
                List.of(7),
                "[8]");
        for (String id : List.of("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "7", "8", "stays")) {
            emqx.connect(id);
        }
        bodies.forEach(
                body -> assertThat(rows("clients?operation=kick-bulk", body)).hasSize(1));
        assertThat(emqx.clients()).extracting(SimulatedClient::clientId).containsExactly("stays");
    }

    @Test
    void aListingStreamsIntoABulkCall() {
        emqx.connect("a");
        emqx.connect("b");
        Object listing = result("clients?operation=list");
        Iterator<?> iterator = ((List<?>) listing).iterator();
        assertThat(rows("clients?operation=kick-bulk", iterator)).hasSize(2);
        assertThat(emqx.clients()).isEmpty();
    }

    @Test
    void payloadsInEveryForm() {
        Map<String, Object> payloads = new LinkedHashMap<>();
        payloads.put("text", "text");
        payloads.put("bytes", "bytes".getBytes(StandardCharsets.UTF_8));
        payloads.put("buffer", ByteBuffer.wrap("buffer".getBytes(StandardCharsets.UTF_8)));
        payloads.put("stream", new ByteArrayInputStream("stream".getBytes(StandardCharsets.UTF_8)));
        payloads.put("réader", new StringReader("réader"));
        payloads.put("cäched", new ReaderCache("cäched"));
        payloads.put("spooled", spooled("spooled"));
        payloads.put("file", file("payload.txt", "file"));
        payloads.put("{\"topic\":\"t\",\"node\":\"n\"}", new Topic("t", "n"));
        payloads.forEach((text, payload) -> {
            result("messages?operation=publish&topic=t", payload);
            assertThat(emqx.published().get(emqx.published().size() - 1).text()).isEqualTo(text);
        });
    }

    @Test
    void recordsOfTheModelAreRows() {
        result("banned?operation=create", new Ban("clientid", "c1", "why", null, null, UNTIL));
        result("banned?operation=create", new Ban("username", "for ever", null, null, null, null));
        result("banned?operation=create", new Sentence("username", "u2", UNTIL));
        assertThat(emqx.bans()).extracting(BanRow::who).containsExactlyInAnyOrder("c1", "for ever", "u2");
        assertThat(emqx.bans()).extracting(BanRow::until).containsExactlyInAnyOrder(UNTIL, null, UNTIL);
        List<Ban> bans = rows("banned?operation=list").stream().map(Ban::of).toList();
        assertThat(bans).extracting(Ban::until).containsExactlyInAnyOrder(UNTIL, null, UNTIL);
        bans.forEach(ban -> result("banned?operation=delete", ban));
        assertThat(emqx.bans()).isEmpty();

        result("users?operation=create", new User("u1", null, null), Map.of(PARAMETERS, Map.of("password", SECRET)));
        assertThat(emqx.users()).contains("u1");
        result("users?operation=delete", new User("u1", null, null));
        assertThat(emqx.users()).doesNotContain("u1");

        AclRule rule = new AclRule("client", "c1", null, "t/#", "publish", "deny", null, null);
        result("acl?operation=create", rule);
        List<AclRule> rules =
                rows("acl?operation=get", rule).stream().map(AclRule::of).toList();
        assertThat(rules).containsExactly(rule);
        result("acl?operation=update", rules);
        result("acl?operation=create", List.of(new AclRule(null, null, "u1", "t", "subscribe", "allow", null, null)));
        assertThat(rows("acl?operation=list&param.scope=user")).hasSize(1);
        result("acl?operation=delete", rule);
        assertThat(emqx.aclRules()).hasSize(1);
    }

    @Test
    void aClientAsTheBodyIsTheClientThatIsMeant() {
        emqx.connect("c1");
        Client client = template.requestBody("emqx-platform:clients?operation=get&clientId=c1", null, Client.class);
        result("clients?operation=clear-authorization-cache", client);
        result("clients?operation=kick", client);
        assertThat(emqx.clients()).isEmpty();
    }

    @Test
    void aSubscriptionIsMadeFromARecord() {
        emqx.connect("c1");
        result("clients?operation=subscribe", new Subscription("c1", "t/1", 1, null, null, null, null));
        result("clients?operation=subscribe", new Subscription("c1", "t/2", 1, null, false, false, 0));
        rows("clients?operation=subscribe-bulk", List.of(new Subscription("c1", "t/3", null, null, false, null, null)));
        assertThat(emqx.client("c1").orElseThrow().subscriptions().keySet()).containsExactly("t/1", "t/2", "t/3");
        // what the call does not know is an error, not left out
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "clients?operation=subscribe",
                        new Subscription("c1", "t/4", 1, "n", null, null, null),
                        Map.of()))
                .hasMessageContaining("clients:subscribe has no parameter 'node'");
    }

    @Test
    void bodiesOfCallsAreRecordsForWhomeverAsks() throws Exception {
        emqx.connect(ClientOptions.of("c1").username("u").expiryInterval(30));
        emqx.subscribe("c1", "t/1", 1);
        emqx.raiseAlarm("hot", "Too hot", Map.of("celsius", 90));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:clients")
                        .to("emqx-platform:clients?operation=list")
                        .split(body())
                        .convertBodyTo(Client.class)
                        .to("mock:client");
                from("direct:json")
                        .to("emqx-platform:clients?operation=get&clientId=c1")
                        .marshal()
                        .json(JsonLibrary.Jackson)
                        .unmarshal()
                        .json(JsonLibrary.Jackson, Client.class);
            }
        });
        MockEndpoint clients = getMockEndpoint("mock:client");
        clients.expectedMessageCount(1);
        template.sendBody("direct:clients", null);
        clients.assertIsSatisfied();
        Client client = (Client) clients.getExchanges().get(0).getMessage().getBody();
        assertThat(client.expiryInterval()).isEqualTo(30);
        assertThat(template.requestBody("direct:json", (Object) null)).isEqualTo(client);

        assertThat(rows("topics?operation=list").stream().map(Topic::of))
                .containsExactly(new Topic("t/1", generation.firstNode()));
        Alarm alarm = context.getTypeConverter()
                .mandatoryConvertTo(Alarm.class, rows("alarms?operation=list").get(0));
        assertThat(alarm.name()).isEqualTo("hot");
        assertThat(alarm.details()).isEqualTo(Map.of("celsius", 90));
        assertThat(alarm.activated()).isTrue();
        assertThat(alarm.deactivateAt()).isNull();
        assertThat(alarm.duration().toMinutes()).isZero();

        BulkOutcome outcome = BulkOutcome.of(
                rows("clients?operation=kick-bulk", List.of("c1")).get(0));
        assertThat(outcome).isEqualTo(new BulkOutcome(0, true, null, null, Map.of("clientid", "c1")));
    }
}
