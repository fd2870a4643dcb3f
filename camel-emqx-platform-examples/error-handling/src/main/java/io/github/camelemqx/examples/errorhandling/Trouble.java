/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxServerException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.EmqxSimulator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;

/**
 * An exception, its recipe, and how it is made to happen on a simulated deployment.
 *
 * @param exception what happens
 * @param newRecipe what to do about it
 * @param route the id of the recipe's route
 * @param cause makes the deployment such that it happens
 * @param call to which it happens
 */
record Trouble(
        Class<? extends EmqxPlatformException> exception,
        Supplier<RouteBuilder> newRecipe,
        String route,
        Consumer<EmqxSimulator> cause,
        Call call) {

    static final Trouble AUTHENTICATION = new Trouble(
            EmqxAuthenticationException.class,
            KeyIsRefused::new,
            "commands",
            emqx -> answer(emqx, "publish", aResponse().withStatus(401)),
            new Call("seda:commands", "reboot", Map.of()));

    static final Trouble ACCESS_DENIED = new Trouble(
            EmqxAccessDeniedException.class,
            KeyMayNotDoThis::new,
            "ban",
            emqx -> answer(emqx, "banned", aResponse().withStatus(403)),
            new Call("direct:ban", Map.of("as", "clientid", "who", "mallory"), Map.of()));

    static final Trouble INVALID_REQUEST = new Trouble(
            EmqxInvalidRequestException.class,
            RequestIsWrong::new,
            "publish",
            emqx -> {},
            new Call("direct:publish", "reboot", Map.of(EmqxPlatformConstants.TOPIC, "devices/#")));

    static final Trouble NOT_FOUND = new Trouble(
            EmqxNotFoundException.class,
            NothingIsThere::new,
            "new-password",
            emqx -> {},
            new Call("direct:new-password", Map.of("user_id", "pump-1", "password", "kT7-lantern-04"), Map.of()));

    static final Trouble CLIENT_OFFLINE = new Trouble(
            EmqxClientOfflineException.class,
            ClientHasLeft::new,
            "subscribe",
            emqx -> {},
            new Call("direct:subscribe", null, Map.of(EmqxPlatformConstants.CLIENT_ID, "pump-1")));

    static final Trouble CONFLICT = new Trouble(
            EmqxConflictException.class,
            ItExistsAlready::new,
            "new-user",
            emqx -> emqx.addUser("pump-1", "wQ2-harbour-19"),
            new Call("direct:new-user", Map.of("user_id", "pump-1", "password", "kT7-lantern-04"), Map.of()));

    static final Trouble RATE_LIMIT = new Trouble(
            EmqxRateLimitException.class,
            TooManyCalls::new,
            "announce",
            emqx -> answerOnce(emqx, "publish", aResponse().withStatus(429).withHeader("Retry-After", "1")),
            new Call("direct:announce", "hello", Map.of()));

    static final Trouble UNAVAILABLE = new Trouble(
            EmqxUnavailableException.class,
            BrokerIsDown::new,
            "outbox",
            emqx -> answerOnce(emqx, "publish", aResponse().withStatus(503)),
            new Call("file:{{cookbook.outbox}}?fileName=command.txt&tempPrefix=.", "restart", Map.of()));

    static final Trouble SERVER = new Trouble(
            EmqxServerException.class,
            BrokerFails::new,
            "stats",
            emqx -> answer(emqx, "stats", aResponse().withStatus(500)),
            new Call("direct:stats", null, Map.of()));

    static final Trouble PROTOCOL = new Trouble(
            EmqxProtocolException.class,
            SomethingElseAnswers::new,
            "nodes",
            emqx -> answer(emqx, "nodes", aResponse().withBody("<html>Please log in</html>")),
            new Call("direct:nodes", null, Map.of()));

    static final Trouble PARTIAL_FAILURE = new Trouble(
            EmqxPartialFailureException.class,
            SomeItemsFail::new,
            "subscribe-all",
            emqx -> emqx.connect("pump-1"),
            new Call(
                    "direct:subscribe-all",
                    List.of(
                            Map.of("clientid", "pump-1", "topic", "firmware/news"),
                            Map.of("clientid", "pump-2", "topic", "firmware/news")),
                    Map.of()));

    static final Trouble ANY = new Trouble(
            EmqxPlatformException.class,
            AnythingElse::new,
            "state",
            emqx -> answer(emqx, "publish", aResponse().withStatus(413)),
            new Call("direct:state", "night", Map.of()));

    /** What is sent to a recipe's route. */
    record Call(String endpoint, Object body, Map<String, Object> headers) {}

    /** All of them. */
    static List<Trouble> all() {
        return List.of(
                AUTHENTICATION,
                ACCESS_DENIED,
                INVALID_REQUEST,
                NOT_FOUND,
                CLIENT_OFFLINE,
                CONFLICT,
                RATE_LIMIT,
                UNAVAILABLE,
                SERVER,
                PROTOCOL,
                PARTIAL_FAILURE,
                ANY);
    }

    /** What to do about it. */
    RouteBuilder recipe() {
        return newRecipe.get();
    }

    /** Makes the deployment such that it happens. */
    void prepare(EmqxSimulator simulator) {
        cause.accept(simulator);
    }

    private static MappingBuilder to(String path) {
        return any(urlPathMatching("/api/.*/" + path)).atPriority(1);
    }

    private static void answer(EmqxSimulator simulator, String path, ResponseDefinitionBuilder answer) {
        simulator.wireMock().stubFor(to(path).willReturn(answer));
    }

    private static void answerOnce(EmqxSimulator simulator, String path, ResponseDefinitionBuilder answer) {
        simulator
                .wireMock()
                .stubFor(to(path).inScenario("once")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("over")
                        .willReturn(answer));
    }
}
