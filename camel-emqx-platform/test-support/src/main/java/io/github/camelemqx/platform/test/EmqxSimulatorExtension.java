/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulator for the tests of a class:
 *
 * <pre>
 * &#64;RegisterExtension
 * static final EmqxSimulatorExtension emqx = EmqxSimulatorExtension.v5();
 * </pre>
 *
 * As a static field it is started once and reset before each test; as a field of the instance it is started for each test.
 */
public final class EmqxSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final Generation generation;
    private final Clock clock;
    private EmqxSimulator simulator;
    /** Classes whose tests run: a nested class shares the simulator of the one around it. */
    private int classes;

    private EmqxSimulatorExtension(Generation generation, Clock clock) {
        this.generation = generation;
        this.clock = clock;
    }

    /** A broker of generation 4. */
    public static EmqxSimulatorExtension v4() {
        return of(Generation.V4, Clock.systemUTC());
    }

    /** A broker of generation 5. */
    public static EmqxSimulatorExtension v5() {
        return of(Generation.V5, Clock.systemUTC());
    }

    /** A broker with a clock of one's own, see {@link EmqxSimulator#start(Generation, Clock)}. */
    public static EmqxSimulatorExtension of(Generation generation, Clock clock) {
        return new EmqxSimulatorExtension(generation, clock);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            simulator = EmqxSimulator.start(generation, clock);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (simulator == null) {
            simulator = EmqxSimulator.start(generation, clock);
        } else {
            simulator.reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (classes == 0) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            stop();
        }
    }

    private void stop() {
        simulator.close();
        simulator = null;
    }

    /** The simulator itself, while tests run. */
    public EmqxSimulator simulator() {
        return Objects.requireNonNull(
                simulator, "The simulator runs during tests only; is the field annotated with @RegisterExtension?");
    }

    /** See {@link EmqxSimulator#apiUrl()}. */
    public String apiUrl() {
        return simulator().apiUrl();
    }

    /** See {@link EmqxSimulator#appId()}. */
    public String appId() {
        return simulator().appId();
    }

    /** See {@link EmqxSimulator#appSecret()}. */
    public String appSecret() {
        return simulator().appSecret();
    }

    /** See {@link EmqxSimulator#connect(String)}. */
    public SimulatedClient connect(String clientId) {
        return simulator().connect(clientId);
    }

    /** See {@link EmqxSimulator#connect(ClientOptions)}. */
    public SimulatedClient connect(ClientOptions options) {
        return simulator().connect(options);
    }

    /** See {@link EmqxSimulator#disconnect(String)}. */
    public void disconnect(String clientId) {
        simulator().disconnect(clientId);
    }

    /** See {@link EmqxSimulator#subscribe(String, String, int)}. */
    public void subscribe(String clientId, String topicFilter, int qos) {
        simulator().subscribe(clientId, topicFilter, qos);
    }
}
