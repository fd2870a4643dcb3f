/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.camel.util.json.Jsoner;

/**
 * A process of its own in which everything fails that can fail, with secrets that are known, and which writes down all that
 * can be read of it; {@link SecretsTest} starts it with the log at TRACE and JMX on, and searches.
 */
public final class LeakHunt {

    static final ObjectMapper JSON = new ObjectMapper();

    /** With what each of them is called; none is in the arguments or properties of the process. */
    enum Canary {
        APP_SECRET('A'),
        APP_SECRET_IN_URI('B'),
        PLATFORM_SECRET('C'),
        PROXY_PASSWORD('D'),
        KEYSTORE_PASSWORD('E'),
        KEY_PASSWORD('F'),
        USER_PASSWORD('G'),
        BULK_PASSWORD('H'),
        CONNECTOR_PASSWORD('I'),
        CONNECTOR_URL('J'),
        AUTHORIZATION('K'),
        HOCON('L'),
        PRIVATE_KEY('M'),
        OLD_PASSWORD('N'),
        LOGIN_PASSWORD('O'),
        QUERY_PASSWORD('P'),
        API_REQUEST('Q'),
        ADDRESS_PASSWORD('R'),
        POJO_PASSWORD('S'),
        OPTION_PASSWORD('T'),
        BY_REFERENCE('U');

        private final char letter;

        Canary(char letter) {
            this.letter = letter;
        }

        /** Whether a URI has it, which Camel keeps and at TRACE tells as it is: SECURITY.md. */
        boolean inUri() {
            return this == APP_SECRET_IN_URI || this == PROXY_PASSWORD || this == OPTION_PASSWORD;
        }

        /** What a search looks for: letters and digits alone, which no encoding of addresses or JSON changes. */
        String core() {
            return "kAnary" + letter + "7Qz";
        }

        String tail() {
            return "tAil" + letter + "7Kv9";
        }

        /** The secret, with characters between that every encoding writes in another way. */
        String secret() {
            return core() + "/+ =&%\\\"\u00e9#-" + tail();
        }

        /** One that can stand in a URI. */
        String plain() {
            return core() + "-_." + tail();
        }
    }

    /** What a bean of a route may be. */
    public record Account(String user_id, String password) {}

    /** A call that carries secrets. */
    private record Call(String uri, Object body, Map<String, Object> headers) {}

    /** How a broker tells what it was sent. */
    private record Quoting(String name, Function<String, String> answer) {}

    private static final List<String> STATUSES = List.of(
            "200 OK",
            "201 Created",
            "202 Accepted",
            "301 Moved Permanently",
            "302 Found",
            "400 Bad Request",
            "401 Unauthorized",
            "403 Forbidden",
            "404 Not Found",
            "405 Method Not Allowed",
            "408 Request Timeout",
            "409 Conflict",
            "413 Content Too Large",
            "414 URI Too Long",
            "415 Unsupported Media Type",
            "422 Unprocessable Content",
            "429 Too Many Requests",
            "500 Internal Server Error",
            "501 Not Implemented",
            "502 Bad Gateway",
            "503 Service Unavailable",
            "504 Gateway Timeout");

    private final Path folder;
    private final PrintStream said;
    private final CamelContext context = new DefaultCamelContext();
    private final RawBroker broker;
    private volatile Function<RawBroker.Request, String> answer = request -> null;
    private int failures;

    private LeakHunt(Path folder) throws IOException {
        this.folder = folder;
        this.said = new PrintStream(folder.resolve("said").toFile(), StandardCharsets.UTF_8);
        this.broker = new RawBroker(request -> answer.apply(request));
    }

    /**
     * Hunts.
     *
     * @param arguments the folder for what is said; {@code all}, or {@code wire} for some calls alone
     */
    public static void main(String[] arguments) throws Exception {
        LeakHunt hunt = new LeakHunt(Path.of(arguments[0]));
        hunt.prepare();
        if (arguments[1].equals("all")) {
            hunt.answers();
            hunt.connections();
            hunt.mistakes();
            hunt.watches();
            hunt.surfaces();
        } else {
            hunt.answer = request -> RawBroker.json("400 Bad Request", fields("code", "X", "message", quote(request)));
            hunt.calls("v5").forEach(call -> hunt.made("a call", call));
        }
        hunt.context.stop();
        hunt.broker.close();
        hunt.said.close();
        System.out.println(hunt.failures + " failures");
    }

    /** Writes down what can be read in a place. */
    private void say(String place, Object text) {
        try {
            ObjectNode line = JSON.createObjectNode();
            line.put("place", place);
            line.put("text", String.valueOf(text));
            said.println(JSON.writeValueAsString(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void failed(String place, Throwable failure) {
        failures++;
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        say(place + ": stack trace", trace);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            say(place + ": " + cause.getClass().getSimpleName(), cause);
            if (cause instanceof EmqxPlatformException told) {
                say(
                        place + ": details",
                        told.operation() + " " + told.resultCode() + " " + told.apiMessage() + " "
                                + told.getHttpResponseStatus());
            }
            if (cause instanceof EmqxPartialFailureException part) {
                say(place + ": failed items", part.failures());
            }
        }
    }

    private void prepare() throws Exception {
        EmqxPlatformConfiguration connection = component().getConfiguration();
        connection.setApiUrl(broker.origin() + "/api/v5");
        connection.setAppId("app-id");
        connection.setAppSecret(Canary.APP_SECRET.secret());
        connection.setPlatformApiUrl(broker.origin() + "/public_api/v1");
        connection.setPlatformKey("platform-key");
        connection.setPlatformSecret(Canary.PLATFORM_SECRET.secret());
        connection.setRequestsPerSecond(0);
        connection.setMaxRetries(1);
        connection.setRetryDelay(1);
        connection.setResponseTimeout(2000);
        context.getRegistry().bind("emqxSecret", Canary.BY_REFERENCE.secret());
        context.getRegistry().bind("metricsRegistry", new SimpleMeterRegistry());
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        for (String name : List.of("producers", "consumers")) {
            HealthCheckRepository repository = (HealthCheckRepository) checks.resolveById(name);
            repository.setEnabled(true);
            checks.register(repository);
        }
        context.setDevConsole(true);
        context.start();
    }

    private EmqxPlatformComponent component() {
        return context.getComponent("emqx-platform", EmqxPlatformComponent.class);
    }

    private List<Call> calls(String generation) {
        String api = "&apiUrl=" + broker.origin() + "/api/" + generation;
        List<Call> calls = new ArrayList<>();
        calls.add(new Call("clients?operation=list" + api, null, Map.of()));
        calls.add(new Call("clients?operation=get&clientId=c1" + api, null, Map.of()));
        calls.add(new Call(
                "clients?operation=get&clientId=c1&appSecret=RAW(" + Canary.APP_SECRET_IN_URI.plain() + ")" + api,
                null,
                Map.of()));
        Map<String, Object> user = Map.of("user_id", "u1", "password", Canary.USER_PASSWORD.secret());
        calls.add(new Call("users?operation=create" + api, user, Map.of()));
        calls.add(new Call("users?operation=update" + api, user, Map.of()));
        calls.add(new Call(
                "users?operation=create&username=u1" + api,
                null,
                Map.of(EmqxPlatformConstants.PARAMETERS, Map.of("password", Canary.USER_PASSWORD.secret()))));
        calls.add(new Call("users?operation=create" + api, new Account("u1", Canary.POJO_PASSWORD.secret()), Map.of()));
        List<Map<String, Object>> users = List.of(
                Map.of("user_id", "u1", "password", Canary.BULK_PASSWORD.secret()),
                Map.of("user_id", "u2", "password", Canary.USER_PASSWORD.secret()));
        calls.add(new Call("users?operation=create-bulk" + api, users, Map.of()));
        calls.add(new Call("users?operation=create-bulk&failOnPartialFailure=false" + api, users, Map.of()));
        Map<String, Object> json = Map.of("name", "x", "user", Map.of("new_password", Canary.API_REQUEST.secret()));
        calls.add(new Call("api?operation=request&param.method=POST&param.path=/x" + api, json, Map.of()));
        calls.add(new Call(
                "dashboard-users?operation=change-password" + api,
                Map.of(
                        "username",
                        "admin",
                        "old_pwd",
                        Canary.OLD_PASSWORD.secret(),
                        "new_pwd",
                        Canary.LOGIN_PASSWORD.secret()),
                Map.of()));
        if (generation.equals("v5")) {
            Map<String, Object> connector = new LinkedHashMap<>();
            connector.put("name", "c");
            connector.put("type", "http");
            connector.put("password", Canary.CONNECTOR_PASSWORD.secret());
            connector.put("url", "http://user:" + Canary.CONNECTOR_URL.plain() + "@127.0.0.1:9");
            connector.put("headers", Map.of("authorization", "Bearer " + Canary.AUTHORIZATION.plain()));
            connector.put("ssl", Map.of("keyfile", pem(), "password", Canary.KEY_PASSWORD.secret()));
            calls.add(new Call("connectors?operation=create" + api, connector, Map.of()));
            calls.add(new Call(
                    "configs?operation=update" + api,
                    "authentication {\n  password = \"" + Canary.HOCON.plain() + "\"\n  other = 1\n}\nnode.cookie = "
                            + Canary.LOGIN_PASSWORD.plain() + "\n",
                    Map.of()));
            calls.add(new Call(
                    "dashboard?operation=login" + api,
                    Map.of("username", "admin", "password", Canary.LOGIN_PASSWORD.secret()),
                    Map.of()));
            Map<String, Object> certificate = Map.of("cert", "public", "key", pem(), "certType", "one-way");
            calls.add(new Call("certificates?operation=get&id=d1", null, Map.of()));
            calls.add(new Call("certificates?operation=create&id=d1", certificate, Map.of()));
            calls.add(new Call("projects?operation=list", null, Map.of()));
        } else {
            calls.add(new Call(
                    "test-servers?operation=auth" + api,
                    Map.of("clientid", "c", "username", "u", "password", Canary.QUERY_PASSWORD.secret()),
                    Map.of()));
            calls.add(new Call(
                    "apps?operation=create" + api,
                    Map.of("app_id", "a", "name", "n", "secret", Canary.LOGIN_PASSWORD.secret()),
                    Map.of()));
            calls.add(new Call(
                    "resources?operation=create" + api,
                    Map.of(
                            "type",
                            "backend_mysql",
                            "config",
                            Map.of("server", "h", "password", Canary.CONNECTOR_PASSWORD.secret())),
                    Map.of()));
        }
        return calls;
    }

    private static String pem() {
        return "-----BEGIN PRIVATE KEY-----\n" + Canary.PRIVATE_KEY.core() + "abc/def+\n" + Canary.PRIVATE_KEY.tail()
                + "==\n-----END PRIVATE KEY-----\n";
    }

    /** What a broker can quote of a request, in ways that servers have of writing. */
    private static String quote(RawBroker.Request request) {
        StringBuilder quote = new StringBuilder(request.method() + " " + request.target());
        for (String header : request.headers()) {
            if (header.startsWith("Authorization: Basic ")) {
                String basic = header.substring("Authorization: ".length());
                String pair = new String(
                        Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
                quote.append(' ').append(basic).append(' ').append(pair);
                quote.append(" <<\"").append(pair).append("\">>");
            }
        }
        quote.append(' ').append(request.text());
        try {
            strings(JSON.readTree(request.body()), quote);
        } catch (IOException notJson) {
            quote.append(" not JSON");
        }
        return quote.toString();
    }

    private static void strings(com.fasterxml.jackson.databind.JsonNode node, StringBuilder into) {
        if (node == null) {
            return;
        }
        if (node.isTextual()) {
            String text = node.asText();
            into.append(" <<\"")
                    .append(text)
                    .append("\">> ")
                    .append(java.net.URLEncoder.encode(text, StandardCharsets.UTF_8));
            into.append(' ').append(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        node.forEach(child -> strings(child, into));
    }

    private static List<Quoting> quotings() {
        return List.of(
                new Quoting("message", quote -> fields("code", "BAD_REQUEST", "message", "no: " + quote)),
                new Quoting("code", quote -> fields("code", quote, "message", quote)),
                new Quoting("reason code", quote -> fields("reason_code", quote, "message", quote)),
                new Quoting("result code", quote -> fields("code", 108, "message", "bad: " + quote)),
                new Quoting("message alone", quote -> fields("message", quote)),
                new Quoting("data", quote -> fields("code", 0, "data", Map.of("error", quote))),
                new Quoting(
                        "items", quote -> fields("code", 0, "data", Map.of("u1", "{error," + quote + "}", "u2", "ok"))),
                new Quoting(
                        "rows",
                        quote -> write(
                                List.of(Map.of("code", 108, "message", quote), Map.of("code", 0, "reason", quote)))),
                new Quoting("no JSON", quote -> "{\"code\": 0, \"data\": " + quote),
                new Quoting("a bare text", quote -> quote),
                new Quoting("a word", quote -> quote.replaceAll("\\W", "")),
                new Quoting("an escape in a text", quote -> "{\"code\": \"x\", \"message\": \"\\" + quote + "\"}"));
    }

    private static String fields(Object... pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], pairs[i + 1]);
        }
        return write(fields);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every status and every way of quoting, for every call. */
    private void answers() throws Exception {
        for (String generation : List.of("v5", "v4")) {
            List<Call> calls = calls(generation);
            for (Call call : calls) {
                for (Quoting quoting : quotings()) {
                    for (String status : List.of("200 OK", "400 Bad Request")) {
                        answer = request ->
                                RawBroker.json(status, quoting.answer().apply(quote(request)));
                        made(generation + " " + call.uri() + ": " + quoting.name() + ", " + status, call);
                    }
                }
                answer = request ->
                        RawBroker.answer("500 Internal Server Error", "Content-Type: text/plain\r\n", quote(request));
                made(call.uri() + ": a plain text", call);
                answer = request ->
                        RawBroker.answer("502 Bad Gateway", "Content-Type: text/html\r\n", "<html>" + quote(request));
                made(call.uri() + ": a page", call);
            }
            for (String status : STATUSES) {
                for (Call call : List.of(calls.get(1), calls.get(3), calls.get(7))) {
                    answer = request -> RawBroker.json(status, fields("code", "X", "message", quote(request)));
                    made(call.uri() + ": " + status, call);
                    answer = request -> RawBroker.answer(
                            status + " " + oneLine(request),
                            "Location: http://127.0.0.1:1/" + oneLine(request) + "\r\nX-Quoted: " + oneLine(request)
                                    + "\r\nWWW-Authenticate: Basic realm=\"" + oneLine(request)
                                    + "\"\r\nRetry-After: " + oneLine(request) + "\r\n",
                            "");
                    made(call.uri() + ": headers, " + status, call);
                }
            }
            for (int code = 0; code < 120; code++) {
                int number = code;
                answer = request -> RawBroker.json("200 OK", fields("code", number, "message", quote(request)));
                made(generation + " code " + code, calls.get(3));
            }
            for (Call call : List.of(calls.get(1), calls.get(3))) {
                answer = request -> oneLine(request) + "\r\n\r\n";
                made("no status line", call);
                answer = request -> "HTTP/1.1 200 OK\r\n" + oneLine(request) + "\r\n\r\n";
                made("no header", call);
                answer = request -> "HTTP/1.1 " + oneLine(request) + "\r\n\r\n";
                made("no status", call);
                answer = request -> "HTTP/1.1 200 OK\r\nContent-Length: " + oneLine(request) + "\r\n\r\n";
                made("no length", call);
                answer = request -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + oneLine(request) + "\r\n";
                made("no chunk", call);
                answer = request ->
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n" + oneLine(request);
                made("no gzip", call);
                answer = request ->
                        "HTTP/1.1 200 OK\r\nContent-Type: " + oneLine(request) + "\r\nContent-Length: 2\r\n\r\n{}";
                made("no type", call);
            }
        }
    }

    private static String oneLine(RawBroker.Request request) {
        return quote(request).replaceAll("[\\r\\n]", " ");
    }

    private void made(String place, Call call) {
        String where = place.replaceAll("RAW\\([^)]*\\)", "…");
        Exchange exchange;
        try {
            exchange = context.createProducerTemplate().request("emqx-platform:" + call.uri(), sent -> {
                sent.getMessage().setBody(call.body());
                call.headers().forEach(sent.getMessage()::setHeader);
            });
        } catch (RuntimeException e) {
            failed("producer " + where, e);
            return;
        }
        if (exchange.getException() != null) {
            failed("call " + where, exchange.getException());
        } else if (call.uri().contains("failOnPartialFailure=false")) {
            say("call " + where + ": outcomes", exchange.getMessage().getBody());
        }
        say("call " + where + ": codes", exchange.getMessage().getHeader(EmqxPlatformConstants.RESULT_CODE));
    }

    /** No connection, or none that holds. */
    private void connections() throws Exception {
        List<String> options = new ArrayList<>(List.of(""));
        options.add("&authMethod=digest");
        options.add("&appSecret=RAW(" + Canary.APP_SECRET_IN_URI.plain() + ")");
        options.add(
                "&http.proxyHost=127.0.0.1&http.proxyPort=" + broker.origin().replaceAll(".*:", "")
                        + "&http.proxyAuthMethod=Basic&http.proxyAuthUsername=proxy&http.proxyAuthPassword=RAW("
                        + Canary.PROXY_PASSWORD.plain() + ")");
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        List<String> addresses = List.of(
                "http://127.0.0.1:" + closed + "/api/v5",
                broker.origin() + "/api/v5",
                broker.origin() + "/api",
                broker.origin().replace("http:", "https:") + "/api/v5",
                "https://no-such-host.invalid/api/v5");
        List<Function<RawBroker.Request, String>> answers = List.of(
                request -> null,
                request -> RawBroker.answer(
                        "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n", ""),
                request -> RawBroker.answer(
                        "401 Unauthorized",
                        "WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\"\r\n",
                        quote(request)));
        for (String option : options) {
            for (String address : addresses) {
                for (Function<RawBroker.Request, String> one :
                        address.startsWith(broker.origin()) ? answers : answers.subList(0, 1)) {
                    answer = one;
                    made(
                            "connection " + address,
                            new Call("clients?operation=get&clientId=c1&apiUrl=" + address + option, null, Map.of()));
                }
            }
        }
        Path store = folder.resolve("store.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        try (var out = Files.newOutputStream(store)) {
            keys.store(out, Canary.KEYSTORE_PASSWORD.plain().toCharArray());
        }
        tls("wrong", store, Canary.KEY_PASSWORD.secret(), Canary.KEY_PASSWORD.secret());
        tls("empty", store, Canary.KEYSTORE_PASSWORD.plain(), Canary.KEY_PASSWORD.secret());
        tls("absent", folder.resolve("absent.p12"), Canary.KEYSTORE_PASSWORD.plain(), Canary.KEY_PASSWORD.secret());
    }

    private void tls(String name, Path file, String password, String keyPassword) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setCamelContext(context);
        store.setType("PKCS12");
        store.setResource("file:" + file);
        store.setPassword(password);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword(keyPassword);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setCamelContext(context);
        parameters.setTrustManagers(trust);
        parameters.setKeyManagers(keys);
        context.getRegistry().bind("tls-" + name, parameters);
        String https = broker.origin().replace("http:", "https:") + "/api/v5";
        mistake(
                "direct:tls",
                "emqx-platform:clients?operation=list&sslContextParameters=#tls-" + name + "&apiUrl=" + https);
        made(
                "tls " + name,
                new Call(
                        "clients?operation=get&clientId=c1&sslContextParameters=#tls-" + name + "&apiUrl=" + https,
                        null,
                        Map.of()));
        say("tls " + name + ": settings", component().getConfiguration().settings(parameters));
    }

    /** What does not start. */
    private void mistakes() {
        String secret = "&appSecret=RAW(" + Canary.APP_SECRET_IN_URI.plain() + ")";
        for (String uri : List.of(
                "client?operation=get",
                "clients?operation=kik",
                "clients?x=y",
                "clients?operation=list&nosuch=1",
                "clients?operation=list&param.colour=red",
                "clients?operation=list&pageSize=0",
                "clients?operation=list&pageSize=many",
                "clients?operation=list&authMethod=bearer",
                "clients?operation=list&maxRetries=-1",
                "clients?operation=list&requestsPerSecond=7",
                "clients?operation=list&sslContextParameters=#absent",
                "clients?operation=list&http.nosuch=1",
                "clients?operation=list&http.proxyAuthPassword=RAW(" + Canary.PROXY_PASSWORD.plain()
                        + ")&http.nosuch=1",
                "clients?operation=list&apiUrl=ftp://h",
                "clients?operation=list&apiUrl=http://broker.example.com/api/v5",
                "users?operation=create&param.password=RAW(" + Canary.OPTION_PASSWORD.plain() + ")&param.x=1",
                "dashboard-users?operation=change-password&x=1")) {
            mistake("direct:m", "emqx-platform:" + uri + secret);
            mistake("emqx-platform:" + uri.replaceAll("operation=[a-z-]+&?", "") + secret, "mock:m");
        }
        String address = component().getConfiguration().getApiUrl();
        for (String wrong :
                List.of("https://user:%s@h/api/v5", "https://user:%s@h:port/", "user:%s@h", "http://%s@h/")) {
            component().getConfiguration().setApiUrl(String.format(wrong, Canary.ADDRESS_PASSWORD.plain()));
            mistake("direct:m", "emqx-platform:clients?operation=kick");
        }
        component().getConfiguration().setApiUrl(address);
        for (Object body : List.of(
                "{\"user_id\": \"u\", \"password\": \"" + Canary.USER_PASSWORD.plain() + "\"",
                "{\"user_id\": \"u\", \"password\": " + Canary.USER_PASSWORD.plain() + "}",
                "[\"" + Canary.USER_PASSWORD.plain() + "\"]",
                Canary.USER_PASSWORD.plain(),
                Canary.USER_PASSWORD.plain().getBytes(StandardCharsets.UTF_8),
                Map.of("user_id", "u", "password", List.of(Canary.USER_PASSWORD.plain())),
                Map.of("user_id", "u", "password", Map.of("x", Canary.USER_PASSWORD.plain())),
                Map.of("user_id", List.of("u"), "password", Canary.USER_PASSWORD.plain()),
                Map.of("user_id", "u", "pasword", Canary.USER_PASSWORD.plain()),
                new Account(null, Canary.USER_PASSWORD.plain()),
                List.of(Map.of("user_id", "u", "password", Canary.USER_PASSWORD.plain(), "x", "y")),
                List.of(Canary.USER_PASSWORD.plain()),
                List.of("{\"password\": " + Canary.USER_PASSWORD.plain() + "}"))) {
            for (String uri : List.of(
                    "users?operation=create",
                    "users?operation=create-bulk",
                    "connectors?operation=create",
                    "certificates?operation=create&id=x",
                    "configs?operation=update")) {
                made("mistake in the body of " + uri, new Call(uri, body, Map.of()));
            }
        }
    }

    private void mistake(String from, String to) {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(from + (from.startsWith("direct") ? failures : "")).to(to);
                }
            });
        } catch (Exception e) {
            failed("mistake", e);
        }
    }

    /** Watches whose polls fail, and calls in routes, all with the secret in the URI and with that of the component. */
    private void watches() throws Exception {
        answer =
                request -> RawBroker.json("401 Unauthorized", fields("code", "BAD_API_KEY", "message", quote(request)));
        String secret = "&appSecret=RAW(" + Canary.APP_SECRET_IN_URI.plain() + ")";
        String proxy = "&http.proxyAuthPassword=RAW(" + Canary.PROXY_PASSWORD.plain() + ")";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel(
                                "log:dead?level=ERROR&showHeaders=true&showBody=true&showException=true&showCaughtException=true&showStackTrace=true")
                        .logExhausted(true));
                from("emqx-platform:clients?initialDelay=0&delay=50" + secret + proxy)
                        .routeId("watch-uri")
                        .to("log:events?showAll=true");
                from("emqx-platform:users?initialDelay=0&delay=50")
                        .routeId("watch-component")
                        .to("log:events?showAll=true");
                from("emqx-platform:certificates?initialDelay=0&id=d1&delay=3600000")
                        .routeId("watch-account")
                        .to("log:events?showAll=true");
                from("direct:call").routeId("call-uri").to("emqx-platform:clients?operation=list" + secret + proxy);
                from("direct:bean").routeId("call-component").to("emqx-platform:clients?operation=list");
                from("direct:reference")
                        .routeId("call-reference")
                        .to("emqx-platform:clients?operation=list&appSecret=#bean:emqxSecret");
                from("direct:account").routeId("call-account").to("emqx-platform:projects?operation=list");
                from("direct:dynamic")
                        .routeId("call-dynamic")
                        .toD("emqx-platform:clients?operation=get&clientId=${header.who}" + secret);
            }
        });
        for (String route : List.of("call", "bean", "reference", "account", "dynamic")) {
            Exchange exchange = context.createProducerTemplate()
                    .request("direct:" + route, sent -> sent.getMessage().setHeader("who", "c1"));
            if (exchange.getException() != null) {
                failed("route " + route, exchange.getException());
            }
        }
        String shown = Base64.getEncoder()
                .encodeToString(("app-id:" + Canary.BY_REFERENCE.secret()).getBytes(StandardCharsets.UTF_8));
        List<RawBroker.Request> polls = new ArrayList<>(broker.taken());
        if (polls.stream().noneMatch(request -> request.headers().contains("Authorization: Basic " + shown))) {
            throw new IllegalStateException("the secret that a reference names was not used");
        }
        while (polls.size() < 12) {
            polls.addAll(broker.taken());
            Thread.onSpinWait();
        }
    }

    /** All that tells of a context that runs. */
    private void surfaces() throws Exception {
        for (Endpoint endpoint : context.getEndpoints()) {
            say("endpoint: toString", endpoint);
            if (endpoint instanceof EmqxPlatformEndpoint ours) {
                say("configuration: toString", ours.getConfiguration());
                say("endpoint: service", ours.getServiceUrl() + ours.getServiceMetadata() + ours.getServiceProtocol());
                try {
                    say("deployment: toString", ours.deployment());
                } catch (RuntimeException e) {
                    failed("deployment", e);
                }
                say("endpoint: URI", ours.getEndpointUri() + " " + ours.getEndpointKey());
            }
        }
        context.getEndpointRegistry().keySet().stream().map(Object::toString).forEach(key -> say("registry: key", key));
        say(
                "producer: toString",
                context.getEndpoint("emqx-platform:clients?operation=list").createProducer());
        say("component: toString", component() + " " + component().watches());
        for (Route route : context.getRoutes()) {
            say("route: toString", route + " " + route.getDescription() + " " + route.getProperties());
            say("consumer: toString", route.getConsumer());
            say("consumer: services", route.getServices());
        }
        say(
                "routes: XML",
                PluginHelper.getModelToXMLDumper(context)
                        .dumpModelAsXml(context, ((DefaultCamelContext) context).getRouteDefinition("call-component")));
        for (HealthCheck.Result result : HealthCheckHelper.invoke(context)) {
            say(
                    "health: " + result.getCheck().getId(),
                    result + " " + result.getMessage() + " " + result.getDetails() + " "
                            + result.getCheck().getMetaData());
            result.getError()
                    .ifPresent(error -> failed("health: " + result.getCheck().getId(), error));
        }
        SimpleMeterRegistry meters =
                context.getRegistry().lookupByNameAndType("metricsRegistry", SimpleMeterRegistry.class);
        meters.getMeters()
                .forEach(meter ->
                        say("meter", meter.getId() + " " + meter.getId().getTags()));
        consoles();
        beans();
        say(
                "credentials: toString",
                component().getConfiguration().credentials(io.github.camelemqx.platform.client.ApiKind.DEPLOYMENT));
    }

    private void consoles() {
        DevConsoleRegistry consoles = DevConsoleRegistry.get(context);
        consoles.loadDevConsoles();
        consoles.stream().forEach(console -> {
            for (DevConsole.MediaType type : DevConsole.MediaType.values()) {
                Object shown = console.call(type);
                say(
                        "console: " + console.getId() + " " + type,
                        shown instanceof Map || shown instanceof List ? Jsoner.serialize(shown) : shown);
            }
        });
    }

    /** Every attribute of every bean of Camel, and every operation without parameters that only tells. */
    private void beans() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(new ObjectName("org.apache.camel:*"), null);
        Map<String, Integer> types = new TreeMap<>();
        for (ObjectName name : names) {
            types.merge(name.getKeyProperty("type"), 1, Integer::sum);
            say("JMX: name", name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    Object value = server.getAttribute(name, attribute.getName());
                    say("JMX: " + name.getKeyProperty("type") + " " + attribute.getName(), value);
                }
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                boolean tells = operation.getSignature().length == 0
                        && operation.getName().matches("(?!.*Yaml)(dump|list|get|browse|xml|json|route|end|service).*");
                if (tells) {
                    Object value = server.invoke(name, operation.getName(), null, null);
                    say("JMX: " + name.getKeyProperty("type") + " " + operation.getName() + "()", value);
                }
            }
        }
        System.out.println("JMX: " + types);
    }
}
