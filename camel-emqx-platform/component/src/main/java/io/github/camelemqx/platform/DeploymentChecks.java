/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.CallResult;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.health.DeploymentHealthCheck;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * The health checks of deployments that producers call, among Camel's checks of producers: one a connection, however many
 * producers share it, from the start of the first to the stop of the last.
 */
final class DeploymentChecks {

    private final EmqxPlatformComponent component;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<Deployment, Use> uses = new HashMap<>();

    /** A check, where it is registered, and whom it is for. */
    private record Use(
            String name,
            DeploymentHealthCheck check,
            WritableHealthCheckRepository repository,
            Set<EmqxPlatformProducer> producers) {}

    /** Of a component whose producers call nothing yet. */
    DeploymentChecks(EmqxPlatformComponent component) {
        this.component = component;
    }

    /**
     * A producer begins to call a deployment.
     *
     * @param address of the deployment
     */
    void begins(EmqxPlatformProducer producer, Deployment deployment, String address) {
        CamelContext context = component.getCamelContext();
        WritableHealthCheckRepository repository =
                HealthCheckHelper.getHealthCheckRepository(context, "producers", WritableHealthCheckRepository.class);
        if (repository == null) {
            return;
        }
        changing.lock();
        try {
            uses.computeIfAbsent(deployment, first -> registered(repository, first, address))
                    .producers()
                    .add(producer);
        } finally {
            changing.unlock();
        }
    }

    private Use registered(WritableHealthCheckRepository repository, Deployment deployment, String address) {
        String name = free(address);
        DeploymentHealthCheck check = new DeploymentHealthCheck(name, address, () -> {
            // every edition and generation has it, every key may read it, and it tells the generation; /status would
            // not look at the key, and Serverless does not list nodes
            Operation clients = component.catalog().resource("clients").operation("list");
            CallResult row = deployment.page(clients, Arguments.NONE, PagingStyle.AUTO, 1, 1);
            return new DeploymentHealthCheck.Answer(row.httpStatus(), row.resultCode());
        });
        check.setEnabled(component.isHealthCheckProducerEnabled());
        repository.addHealthCheck(check);
        return new Use(name, check, repository, new HashSet<>());
    }

    /** Several connections to one address differ in their keys or options, which are nobody's business. */
    private String free(String address) {
        Set<String> taken = new HashSet<>();
        uses.values().forEach(use -> taken.add(use.name()));
        String name = address;
        for (int number = 2; taken.contains(name); number++) {
            name = address + "#" + number;
        }
        return name;
    }

    /** A producer calls no more. */
    void ends(EmqxPlatformProducer producer) {
        changing.lock();
        try {
            uses.values().removeIf(use -> {
                boolean last =
                        use.producers().remove(producer) && use.producers().isEmpty();
                if (last) {
                    use.repository().removeHealthCheck(use.check());
                }
                return last;
            });
        } finally {
            changing.unlock();
        }
    }
}
