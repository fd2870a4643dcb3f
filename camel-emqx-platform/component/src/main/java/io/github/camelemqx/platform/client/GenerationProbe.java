/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a deployment which generation it is, where neither {@code apiUrl} nor {@code apiVersion} tells. */
final class GenerationProbe {

    private static final String OPERATION = "clients:list";

    private final HttpTransport transport;
    private final Failures failures;
    private final ObjectMapper json;

    GenerationProbe(HttpTransport transport, Failures failures, ObjectMapper json) {
        this.transport = transport;
        this.failures = failures;
        this.json = json;
    }

    /**
     * The base at which the API answers.
     *
     * @throws EmqxPlatformException when the deployment does not answer, does not accept the credentials, or has no API
     *     at any of the candidates
     */
    ApiBase find(List<ApiBase> candidates) throws EmqxPlatformException {
        for (ApiBase candidate : candidates) {
            // every edition may list clients; each generation reads its own name of the limit and ignores the other
            ApiRequest request =
                    ApiRequest.get(OPERATION, candidate.path() + "/clients?limit=1&_limit=1", transport.secrets());
            Optional<Generation> found = transport.exchange(request, answer -> generation(request, answer));
            if (found.isPresent()) {
                return new ApiBase(found.get(), candidate.path());
            }
        }
        String paths = String.join(", ", candidates.stream().map(ApiBase::path).toList());
        throw failures.protocol(
                ApiRequest.get(OPERATION, "", transport.secrets()),
                0,
                "no EMQX API answers at " + paths + ": give the full apiUrl, such as https://HOST:8443/api/v5",
                null);
    }

    private Optional<Generation> generation(ApiRequest request, ApiAnswer answer)
            throws IOException, EmqxPlatformException {
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (!answer.success()) {
            throw failures.ofStatus(Generation.V5, request, answer);
        }
        try (JsonParser parser = json.createParser(answer.body())) {
            if (parser.nextToken() != null
                    && JsonValues.at(parser) instanceof Map<?, ?> fields
                    && fields.containsKey("data")) {
                return Optional.of(fields.containsKey("code") ? Generation.V4 : Generation.V5);
            }
            return Optional.empty();
        } catch (JsonEOFException cutShort) {
            // it may have been an API's
            throw cutShort;
        } catch (JsonProcessingException aPageForPeople) {
            return Optional.empty();
        }
    }
}
