/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.ResourceChange;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** The clients that are connected, by their ids, with the time since when; of one, all that the broker knows. */
@Path("/clients")
@Singleton
@Named
public class Presence {

    private final Map<String, Instant> online = new ConcurrentSkipListMap<>();

    @Inject
    ProducerTemplate calls;

    /** Takes note of an event. */
    public void changed(ResourceChange change) {
        switch (change.type()) {
            case "connected", "reconnected" ->
                online.put(change.key(), Client.of(change.after()).connectedAt());
            case "disconnected" -> online.remove(change.key());
            default -> {
                // whoever is out of sight with his node is not known to be gone
            }
        }
    }

    /** As the watch has seen them. */
    @GET
    public Map<String, Instant> online() {
        return online;
    }

    /** As the broker has it now. */
    @GET
    @Path("/{id}")
    public Client client(@PathParam("id") String id) {
        try {
            return calls.requestBodyAndHeader(
                    "emqx-platform:clients?operation=get", null, EmqxPlatformConstants.CLIENT_ID, id, Client.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof EmqxNotFoundException notThere) {
                throw new NotFoundException(notThere.apiMessage(), notThere);
            }
            throw e;
        }
    }
}
