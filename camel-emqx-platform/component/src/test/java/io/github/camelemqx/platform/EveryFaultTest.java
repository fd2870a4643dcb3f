/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelemqx.platform.docs.FaultsPage;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens on the way to a deployment, a call, a listing and a watch know it by its name within a time that is
 * known before, leave no connection behind, and go on as soon as it is over: a watch with exactly what changed. What was
 * seen here is {@code docs/faults.md}.
 */
class EveryFaultTest {

    private static final Path PAGE = Path.of("docs", "faults.md");
    private static final Path SEEN = Path.of("target", "faults.md");

    private static final Class<? extends EmqxPlatformException> UNAVAILABLE = EmqxUnavailableException.class;
    private static final Class<? extends EmqxPlatformException> PROTOCOL = EmqxProtocolException.class;
    private static final Class<? extends EmqxPlatformException> WORKS = null;

    /** Over the response timeout: what a busy machine takes besides. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    static Path folder;

    /** When a fault comes over a connection. */
    private enum Moment {
        REFUSED,
        NOT_ACCEPTED,
        HANDSHAKE,
        REQUEST
    }

    /**
     * What can happen.
     *
     * @param name for people
     * @param patience the response timeout that calls have
     * @param call what an ordinary call becomes, null when it works
     * @param listing what a listing, and the poll of a watch, become, null when they work
     */
    private record Case(
            String name,
            Moment moment,
            FaultyServer.Fault fault,
            Duration patience,
            Class<? extends EmqxPlatformException> call,
            Class<? extends EmqxPlatformException> listing) {

        /** Whether only the response timeout ends it. */
        boolean isSlow() {
            return patience.equals(SHORT);
        }

        Duration bound() {
            return isSlow() ? patience.plus(SLACK) : patience.dividedBy(2);
        }
    }

    private static Case slow(String name, Moment moment, FaultyServer.Fault fault) {
        return new Case(name, moment, fault, SHORT, UNAVAILABLE, UNAVAILABLE);
    }

    private static Case quick(String name, FaultyServer.Fault fault, Class<? extends EmqxPlatformException> failure) {
        return quick(name, fault, failure, failure);
    }

    private static Case quick(
            String name,
            FaultyServer.Fault fault,
            Class<? extends EmqxPlatformException> call,
            Class<? extends EmqxPlatformException> listing) {
        return new Case(name, Moment.REQUEST, fault, LONG, call, listing);
    }

    /** The deployment's own answer with one thing wrong. */
    private static Case changed(
            String name, UnaryOperator<String> change, Class<? extends EmqxPlatformException> failure) {
        return quick(name, with -> with.answer(change.apply(with.good())), failure);
    }

    private static List<Case> cases(String elsewhere) {
        FaultyServer.Fault silent = with -> with.hasHungUp(60_000);
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("nobody listens", Moment.REFUSED, silent, LONG, UNAVAILABLE, UNAVAILABLE));
        cases.add(slow("connections are never accepted, and no more may wait", Moment.NOT_ACCEPTED, silent));
        cases.add(slow("the TLS handshake never ends", Moment.HANDSHAKE, silent));
        cases.add(quick("reset before the answer", FaultyServer.Conversation::reset, UNAVAILABLE));
        cases.add(quick("closed before the answer", FaultyServer.Conversation::hangUp, UNAVAILABLE));
        cases.add(quick(
                "reset during the answer",
                with -> {
                    String good = with.good();
                    with.head("Content-Length: " + good.length() + "\r\n");
                    with.send(good.substring(0, good.length() / 2));
                    with.reset();
                },
                UNAVAILABLE));
        cases.add(slow("no answer", Moment.REQUEST, silent));
        cases.add(slow("one byte of the headers at a time", Moment.REQUEST, with -> {
            byte[] head = "HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; !with.hasHungUp(50); i++) {
                with.send(i < head.length ? String.valueOf((char) head[i]) : "x");
            }
        }));
        cases.add(slow("one byte of the body at a time", Moment.REQUEST, with -> {
            with.head("Content-Length: 100000\r\n");
            while (!with.hasHungUp(50)) {
                with.send(" ");
            }
        }));
        cases.add(slow("headers, and no body", Moment.REQUEST, with -> {
            with.head("Content-Length: 10\r\n");
            with.hasHungUp(60_000);
        }));
        cases.add(slow("fewer bytes than announced, and nothing more", Moment.REQUEST, with -> {
            with.head("Content-Length: 9000000\r\n");
            with.send(with.good());
            with.hasHungUp(60_000);
        }));
        cases.add(quick(
                "fewer bytes than announced, then closed",
                with -> {
                    with.head("Content-Length: 9000000\r\n");
                    with.send(with.good());
                    with.hangUp();
                },
                PROTOCOL));
        cases.add(quick(
                "more bytes than announced",
                with -> {
                    String good = with.good();
                    with.head("Content-Length: " + good.length() / 2 + "\r\n");
                    with.send(good);
                },
                PROTOCOL));
        cases.add(quick(
                "chunks without an end, then closed",
                with -> {
                    String good = with.good();
                    with.head("Transfer-Encoding: chunked\r\n");
                    with.send(Integer.toHexString(good.length()) + "\r\n" + good + "\r\n");
                    with.hangUp();
                },
                PROTOCOL));
        cases.add(quick(
                "chunks that are none",
                with -> {
                    with.head("Transfer-Encoding: chunked\r\n");
                    with.send("zz\r\n");
                },
                PROTOCOL));
        cases.add(quick(
                "no HTTP",
                with -> {
                    with.send("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                    with.hangUp();
                },
                UNAVAILABLE));
        byte[] packed = packed(150 * MEGABYTE);
        cases.add(quick(
                "some kilobytes of gzip that are 150 MB",
                with -> with.answer("Content-Encoding: gzip\r\n", packed),
                PROTOCOL));
        cases.add(quick(
                "gzip that is none",
                with -> with.answer("Content-Encoding: gzip\r\n", with.good().getBytes(StandardCharsets.UTF_8)),
                PROTOCOL));
        cases.add(quick(
                "gzip that is cut short",
                with -> {
                    byte[] whole = packed(MEGABYTE);
                    with.answer("Content-Encoding: gzip\r\n", Arrays.copyOf(whole, whole.length / 2));
                },
                PROTOCOL));
        cases.add(quick(
                "HTTP 200 with a page for people",
                with -> with.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 24\r\n\r\n"
                        + "<html>Please log in</html>".substring(0, 24)),
                PROTOCOL));
        cases.add(changed("HTTP 200 with nothing", good -> "", PROTOCOL));
        cases.add(quick(
                "text that is no UTF-8",
                with -> {
                    byte[] good = with.good().getBytes(StandardCharsets.UTF_8);
                    int at = new String(good, StandardCharsets.UTF_8).indexOf("\"clientid\":\"") + 12;
                    good[at] = (byte) 0xC3;
                    with.answer("", good);
                },
                PROTOCOL));
        cases.add(changed("a number that is too large for any type", good -> keepalive(good, "1e400"), PROTOCOL));
        cases.add(changed("a whole number of 71 bits", good -> keepalive(good, "1180591620717411303424"), PROTOCOL));
        cases.add(quick(
                "100 MB of blanks within JSON",
                with -> {
                    String good = with.good();
                    if (with.isFor("/clients/goes")) {
                        // the second look of a watch, which is an ordinary call
                        with.answer(good);
                        return;
                    }
                    with.head("Content-Length: " + (100 * MEGABYTE + good.length()) + "\r\n");
                    with.send(good.substring(0, 1));
                    String blanks = " ".repeat(MEGABYTE);
                    for (int i = 0; i < 100; i++) {
                        with.send(blanks);
                    }
                    with.send(good.substring(1));
                },
                PROTOCOL,
                WORKS));
        cases.add(changed(
                "arrays in arrays, 100 000 deep",
                good -> good.replaceFirst("\\{\"", "{\"deep\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\""),
                PROTOCOL));
        cases.add(changed(
                "a field of an object twice, of which the last counts",
                good -> good.replace("\"clientid\":", "\"clientid\":\"the-last-one-counts\",\"clientid\":"),
                WORKS));
        cases.add(quick(
                "the rows of a listing twice",
                with -> with.answer(with.good().replaceFirst("\"data\":\\[", "\"data\":[],\"data\":[")),
                WORKS,
                PROTOCOL));
        cases.add(quick(
                "a redirect to another place",
                with -> with.send("HTTP/1.1 302 Found\r\nLocation: " + elsewhere
                        + "/api/v5/clients\r\nContent-Length: 0\r\n\r\n"),
                PROTOCOL));
        return cases;
    }

    private static String keepalive(String good, String number) {
        return good.replaceAll("\"keepalive\":\\d+", "\"keepalive\":" + number);
    }

    /** JSON of that many bytes in a thousandth of them. */
    private static byte[] packed(int bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] blanks = " ".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{".getBytes(StandardCharsets.US_ASCII));
            for (int written = 0; written < bytes; written += blanks.length) {
                gzip.write(blanks);
            }
            gzip.write("\"data\":[]}".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** A deployment behind a server on which anything can happen, and what calls and watches it. */
    private static final class Scene implements AutoCloseable {
        private final EmqxSimulator emqx;
        private final FaultyServer way;
        private final DefaultCamelContext context = new DefaultCamelContext();
        private final Queue<String> told = new ConcurrentLinkedQueue<>();
        private final PollOnDemand polls = new PollOnDemand();
        private final String options;

        Scene(EmqxSimulator emqx, Case fault, Path key) throws Exception {
            this.emqx = emqx;
            emqx.reset();
            boolean tls = fault.moment() == Moment.HANDSHAKE;
            way = new FaultyServer(emqx.baseUrl(), tls ? KeyFiles.server(key) : null);
            if (fault.moment() != Moment.REQUEST) {
                way.oneRequestEach();
            }
            options = "responseTimeout=" + fault.patience().toMillis() + (tls ? "&sslContextParameters=#trust" : "");
            EmqxPlatformComponent component = new EmqxPlatformComponent(context);
            context.addComponent("emqx-platform", component);
            EmqxPlatformConfiguration connection = component.getConfiguration();
            connection.setApiUrl(emqx.apiUrl().replace(emqx.baseUrl(), way.origin()));
            connection.setAppId(emqx.appId());
            connection.setAppSecret(emqx.appSecret());
            connection.setMaxRetries(0);
            context.getRegistry().bind("trust", KeyFiles.trusting(context, key));
            context.getRegistry().bind("polls", polls);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("emqx-platform:clients?scheduler=#polls&" + options)
                            .process(exchange ->
                                    told.add(exchange.getMessage().getHeader(EmqxPlatformConstants.EVENT_TYPE) + " "
                                            + exchange.getMessage().getHeader(EmqxPlatformConstants.KEY)));
                }
            });
            context.start();
        }

        void begin(Case fault) throws IOException {
            switch (fault.moment()) {
                case REFUSED -> way.refuse();
                case NOT_ACCEPTED -> way.neverAccept();
                case HANDSHAKE -> way.beginWithConnections(fault.fault());
                case REQUEST -> way.begin(fault.fault());
            }
        }

        Object call(String uri) {
            Exchange done =
                    context.createProducerTemplate().request("emqx-platform:" + uri + "&" + options, exchange -> {});
            return done.getException() == null ? done.getMessage().getBody() : done.getException();
        }

        Throwable poll() {
            polls.poll();
            WatchStatus watch = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                    .watches()
                    .get(0);
            assertThat(watch.isReady()).isEqualTo(watch.failure() == null);
            return watch.failure();
        }

        void awaitNoConnectionInUse() {
            EmqxPlatformEndpoint endpoint =
                    context.getEndpoint("emqx-platform:clients?operation=list&" + options, EmqxPlatformEndpoint.class);
            // whoever ends an exchange that takes too long frees its connection a moment later
            await().pollDelay(Duration.ZERO)
                    .until(endpoint.deployment()::connections, now -> now.inUse() == 0 && now.waiting() == 0);
        }

        @Override
        public void close() throws IOException {
            context.stop();
            way.close();
        }
    }

    private final Map<String, List<String>> seen = new LinkedHashMap<>();
    private final List<EmqxSimulator> deployments = new ArrayList<>();
    private FaultyServer elsewhere;

    @AfterEach
    void close() throws IOException {
        elsewhere.close();
        deployments.forEach(EmqxSimulator::close);
    }

    @TestFactory
    Stream<DynamicTest> isNamedInTimeAndLeavesNothingBehind() throws Exception {
        Path key = new KeyFiles(folder).selfSigned("broker", "-ext", "san=ip:127.0.0.1");
        elsewhere = new FaultyServer("http://127.0.0.1:1", null);
        for (Generation generation : Generation.values()) {
            deployments.add(EmqxSimulator.start(generation));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Case fault : cases(elsewhere.origin())) {
            for (EmqxSimulator emqx : deployments) {
                tests.add(DynamicTest.dynamicTest(fault.name() + " on " + emqx.generation(), () -> {
                    try (Scene scene = new Scene(emqx, fault, key)) {
                        happen(scene, fault);
                    }
                }));
            }
        }
        tests.add(DynamicTest.dynamicTest("the page says what was seen", this::page));
        return tests.stream();
    }

    private void happen(Scene scene, Case fault) throws IOException {
        scene.emqx.connect("stays");
        scene.emqx.connect("goes");
        // the first exchange of all loads classes, within the same time
        await().pollDelay(Duration.ZERO).until(() -> scene.poll() == null);

        scene.emqx.disconnect("goes");
        scene.emqx.connect("comes");
        scene.begin(fault);
        CompletableFuture<Object> called =
                supplyAsync(() -> timed(fault, () -> scene.call("clients?operation=get&clientId=stays")));
        CompletableFuture<Object> listed = supplyAsync(() -> timed(fault, () -> scene.call("clients?operation=list")));
        Object poll = timed(fault, scene::poll);
        Object call = called.join();
        Object listing = listed.join();
        scene.awaitNoConnectionInUse();
        check(fault.call(), call);
        check(fault.listing(), listing);
        check(fault.listing(), poll == null ? "nothing wrong" : poll);
        if (fault.listing() != null) {
            assertThat(scene.told).isEmpty();
        }

        scene.way.heal();
        assertThat(scene.poll()).isNull();
        assertThat(scene.told).containsExactlyInAnyOrder("disconnected goes", "connected comes");
        assertThat(scene.poll()).isNull();
        assertThat(scene.told).hasSize(2);
        assertThat(scene.call("clients?operation=get&clientId=stays"))
                .asInstanceOf(MAP)
                .containsEntry("clientid", "stays");
        assertThat((List<?>) scene.call("clients?operation=list")).hasSize(2);
        assertThat(elsewhere.connections()).isZero();

        see(fault, call, listing, scene.way.origin());
        boolean again = fault.moment() == Moment.REQUEST
                && call instanceof EmqxPlatformException failed
                && failed.retryable()
                && (!fault.isSlow() || scene.emqx.generation() == Generation.V5);
        if (again) {
            scene.way.begin(fault.fault(), 2);
            assertThat(scene.call("clients?operation=get&clientId=stays&maxRetries=2&retryDelay=1"))
                    .asInstanceOf(MAP)
                    .containsEntry("clientid", "stays");
        }
    }

    private static void check(Class<?> expected, Object came) {
        if (expected == null) {
            assertThat(came).isNotInstanceOf(Exception.class);
        } else {
            assertThat(came).isExactlyInstanceOf(expected);
        }
    }

    private static Object timed(Case fault, Supplier<?> what) {
        long began = System.nanoTime();
        Object came = what.get();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(fault.bound());
        return came;
    }

    /** Both generations must look the same. */
    private void see(Case fault, Object call, Object listing, String origin) {
        String most = fault.isSlow() ? "at `responseTimeout`" : "at once";
        List<String> row = List.of(
                fault.name(),
                outcome(call),
                outcome(listing),
                call instanceof EmqxPlatformException || listing instanceof EmqxPlatformException
                        ? words(call instanceof Exception ? call : listing, origin, fault)
                        : "",
                fault.call() == null && fault.listing() == null ? "" : most,
                Stream.of(call, listing)
                                .anyMatch(one -> one instanceof EmqxPlatformException failed && failed.retryable())
                        ? "yes"
                        : "no");
        List<String> other = seen.putIfAbsent(fault.name(), row);
        assertThat(row).isEqualTo(other == null ? row : other);
    }

    private static String outcome(Object came) {
        return came instanceof Exception failure ? "`" + failure.getClass().getSimpleName() + "`" : "works";
    }

    /** Without what the JDK, or a library, says. */
    private static String words(Object failure, String origin, Case fault) {
        EmqxPlatformException failed = (EmqxPlatformException) failure;
        String words = failed.apiMessage() == null ? "HTTP " + failed.httpStatus() : failed.apiMessage();
        Throwable cause = failed.getCause();
        if (cause != null) {
            String theirs =
                    cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
            words = words.equals(theirs) ? words : words.replace(String.valueOf(theirs), "…");
        }
        return words.replace(origin, "https://HOST:PORT")
                .replace(fault.patience().toMillis() + " ms", "500 ms");
    }

    private void page() throws IOException {
        Files.writeString(SEEN, FaultsPage.text(List.copyOf(seen.values())));
        assertThat(SEEN)
                .as("what was seen of faults: if that is how it should be, copy target/faults.md over docs/faults.md")
                .hasSameTextualContentAs(PAGE);
    }
}
