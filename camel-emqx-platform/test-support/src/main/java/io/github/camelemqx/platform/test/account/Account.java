/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.account;

import io.github.camelemqx.platform.test.SimulatedCertificate;
import io.github.camelemqx.platform.test.SimulatedDeployment;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an account has: projects, deployments in some state, their certificates. */
public final class Account {

    /**
     * A project.
     *
     * @param projectId its id
     * @param name for people
     */
    record Project(String projectId, String name) {}

    /** As in "2024-11-21 02:51", the documentation's example. */
    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** What comes of a status by itself. */
    private static final Map<String, String> SETTLED =
            Map.of("starting", "running", "pending", "running", "stopping", "stopped");

    private final Clock clock;
    private final Map<String, Project> projects = new LinkedHashMap<>();
    private final Map<String, SimulatedDeployment> deployments = new LinkedHashMap<>();
    private final Map<String, SimulatedCertificate> certificates = new HashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();
    private int looksToSettle;

    /** An empty account. */
    public Account(Clock clock) {
        this.clock = clock;
    }

    /** Adds a project. */
    public void addProject(String projectId, String name) {
        projects.put(projectId, new Project(projectId, name));
    }

    Optional<Project> project(String projectId) {
        return Optional.ofNullable(projects.get(projectId));
    }

    List<Project> projects() {
        return List.copyOf(projects.values());
    }

    /**
     * Adds a deployment with what is usual.
     *
     * @throws IllegalArgumentException if there is no such project
     */
    public SimulatedDeployment addDeployment(String projectId, String name, String status) {
        if (!projects.containsKey(projectId)) {
            throw new IllegalArgumentException("No such project: " + projectId);
        }
        return add(new SimulatedDeployment(
                nextId(), name, "dedicated", projectId, "aws", "us-east-1", "v5", 1000, 1000, now(), status));
    }

    SimulatedDeployment add(SimulatedDeployment deployment) {
        deployments.put(deployment.deploymentId(), deployment);
        return deployment;
    }

    String nextId() {
        return String.format(Locale.ROOT, "d%07x", deployments.size() + 1);
    }

    String now() {
        return LocalDateTime.now(clock).format(CREATED);
    }

    /** The deployment of an id. */
    public Optional<SimulatedDeployment> deployment(String deploymentId) {
        return Optional.ofNullable(deployments.get(deploymentId));
    }

    /** All deployments, the oldest first. */
    public List<SimulatedDeployment> deployments() {
        return List.copyOf(deployments.values());
    }

    /** Whoever looks at a deployment may be the one who finds it settled. */
    Optional<SimulatedDeployment> lookAt(String deploymentId) {
        deployment(deploymentId).ifPresent(present -> {
            String settled = SETTLED.get(present.status());
            if (settled != null && looks.merge(deploymentId, 1, Integer::sum) == looksToSettle) {
                setStatus(deploymentId, settled);
            }
        });
        return deployment(deploymentId);
    }

    /**
     * Gives a deployment a status.
     *
     * @throws IllegalArgumentException if there is no such deployment
     */
    public void setStatus(String deploymentId, String status) {
        SimulatedDeployment present = deployment(deploymentId)
                .orElseThrow(() -> new IllegalArgumentException("No such deployment: " + deploymentId));
        deployments.put(deploymentId, present.withStatus(status));
        looks.remove(deploymentId);
    }

    /** How many looks at a deployment it takes to settle, 0 for never. */
    public void settleAfterLooks(int number) {
        looksToSettle = number;
    }

    /** The certificate of a deployment. */
    public Optional<SimulatedCertificate> certificate(String deploymentId) {
        return Optional.ofNullable(certificates.get(deploymentId));
    }

    void putCertificate(String deploymentId, SimulatedCertificate certificate) {
        certificates.put(deploymentId, certificate);
    }

    void removeCertificate(String deploymentId) {
        certificates.remove(deploymentId);
    }
}
