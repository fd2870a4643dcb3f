/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelemqx.platform.test.account.Account;
import io.github.camelemqx.platform.test.account.AccountApi;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.BrokerLikeServer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Credentials;
import io.github.camelemqx.platform.test.http.OwnStub;
import io.github.camelemqx.platform.test.http.SimulatorTransformer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An account without an account: answers the Platform API (projects, deployments, certificates) on a port of this machine,
 * from a state that the test changes, and that calls change too.
 *
 * <p>Nothing of this API is recorded. Paths, names of fields and statuses are those of its documentation; the form of
 * failures, what state a call wants and how long things take are made up here, and marked so in {@code AccountApi}.
 *
 * <p>For faults, add stubs with priority 1 to 9 to {@link #wireMock()}: they come before the simulator, whose own has 10.
 * Safe for use by several threads.
 */
public final class PlatformSimulator implements AutoCloseable {

    private static final Credentials KEY = new Credentials("simulator-platform-key", "simulator-platform-secret");

    private final Clock clock;
    private final WireMockServer wireMock;
    private final Guarded<Simulated> simulated;

    private record Simulated(Account account, AccountApi api) {}

    private PlatformSimulator(Clock clock) {
        this.clock = clock;
        this.wireMock = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .mappingSource(new OwnStub())
                .httpServerFactory(new BrokerLikeServer(this::answer))
                .extensions(new SimulatorTransformer(this::answer)));
        this.simulated = new Guarded<>(begin());
    }

    /** Starts a simulator of an empty account with the clock of the machine. */
    public static PlatformSimulator start() {
        return start(Clock.systemUTC());
    }

    /**
     * Starts a simulator of an empty account.
     *
     * @param clock tells the time of everything that happens; in its zone deployments are created
     */
    public static PlatformSimulator start(Clock clock) {
        PlatformSimulator simulator = new PlatformSimulator(Objects.requireNonNull(clock, "clock"));
        simulator.wireMock.start();
        return simulator;
    }

    private Simulated begin() {
        Account account = new Account(clock);
        return new Simulated(account, new AccountApi(account, KEY, clock));
    }

    private Answer answer(Call call) {
        return simulated.read(present -> present.api().answer(call));
    }

    private <T> T read(Function<Account, T> reading) {
        return simulated.read(present -> reading.apply(present.account()));
    }

    private void change(Consumer<Account> changing) {
        simulated.change(present -> changing.accept(present.account()));
    }

    /** Stops listening. */
    @Override
    public void close() {
        wireMock.stop();
    }

    /** Back to an empty account; stubs that were added and requests that were noted are forgotten. */
    public void reset() {
        simulated.replace(begin());
        wireMock.resetAll();
    }

    /** The base of all calls. */
    public String platformApiUrl() {
        return "http://127.0.0.1:" + wireMock.port() + "/public_api/v1";
    }

    /** The key that the API takes, the name in HTTP Basic. */
    public String platformKey() {
        return KEY.id();
    }

    /** The secret of the key that the API takes. */
    public String platformSecret() {
        return KEY.secret();
    }

    /** The server underneath, for stubs of one's own. */
    public WireMockServer wireMock() {
        return wireMock;
    }

    /** All requests so far, the oldest first. */
    public List<PlatformRequest> requests() {
        List<PlatformRequest> requests = new ArrayList<>();
        for (ServeEvent event : wireMock.getAllServeEvents()) {
            requests.add(new PlatformRequest(
                    event.getRequest().getMethod().getName(),
                    event.getRequest().getUrl(),
                    event.getRequest().getHeader("Authorization"),
                    event.getRequest().getBodyAsString(),
                    event.getResponse().getStatus()));
        }
        Collections.reverse(requests);
        return List.copyOf(requests);
    }

    /** Adds a project. */
    public void addProject(String projectId, String name) {
        change(present -> present.addProject(projectId, name));
    }

    /**
     * Adds a dedicated deployment of generation 5.
     *
     * @param projectId a project that is there
     * @param status as the API calls it, such as {@code running}
     * @throws IllegalArgumentException if there is no such project
     */
    public SimulatedDeployment addDeployment(String projectId, String name, String status) {
        return read(present -> present.addDeployment(projectId, name, status));
    }

    /** The deployment of an id. */
    public Optional<SimulatedDeployment> deployment(String deploymentId) {
        return read(present -> present.deployment(deploymentId));
    }

    /** All deployments, the oldest first. */
    public List<SimulatedDeployment> deployments() {
        return read(Account::deployments);
    }

    /**
     * Gives a deployment a status, for instance {@code running} to one that is starting.
     *
     * @throws IllegalArgumentException if there is no such deployment
     */
    public void setStatus(String deploymentId, String status) {
        change(present -> present.setStatus(deploymentId, status));
    }

    /**
     * Lets deployments settle by themselves: one that is starting, stopping or pending is done when it is looked at by its
     * id for the n-th time since then.
     *
     * @param looks 0, as at the beginning, for never: then {@link #setStatus} does it
     */
    public void settleAfterLooks(int looks) {
        change(present -> present.settleAfterLooks(looks));
    }

    /** The certificate of a deployment. */
    public Optional<SimulatedCertificate> certificate(String deploymentId) {
        return read(present -> present.certificate(deploymentId));
    }

    /** Whether the key may do nothing at all: every call is answered with 403. */
    public void forbid(boolean forbidden) {
        simulated.change(present -> present.api().forbid(forbidden));
    }

    /** Whether the documented limits are kept to: a call over them is answered with 429. Off at the beginning. */
    public void enforceLimits(boolean enforced) {
        simulated.change(present -> present.api().enforceLimits(enforced));
    }
}
