/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.SimulatedCertificate;
import io.github.camelemqx.platform.test.SimulatedDeployment;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Api;
import io.github.camelemqx.platform.test.http.BadEscape;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Credentials;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The Platform API, under {@code /public_api/v1}: the ten rows of emqx-api/platform-operations.tsv. Not recorded: which of
 * several failures comes first, and everything that a comment below calls not recorded.
 */
public final class AccountApi implements Api {

    private static final String PREFIX = "/public_api/v1/";
    private static final int READS = 60;
    private static final int SWITCHES = 1;
    private static final int TLS_WRITES = 6;
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final int LONGEST_NAME = 64;

    private static final List<String> CLOUDS = List.of("aws", "gcp", "azure", "aliyun", "tencent", "huawei");
    private static final List<String> TYPES = List.of("serverless", "dedicated", "dedicatedFlex");
    private static final List<String> VERSIONS = List.of("v5", "v6");
    private static final List<String> TLS_TYPES = List.of("one-way", "two-way");

    private final Account account;
    private final Credentials key;
    private final CallWindow window;
    private final Router router = new Router();
    private boolean forbidden;
    private boolean limited;

    /** The API of an account, open to whoever has its key. */
    public AccountApi(Account account, Credentials key, Clock clock) {
        this.account = account;
        this.key = key;
        this.window = new CallWindow(clock);
        on("GET", "projects", READS, call -> projects());
        on("GET", "deployments", READS, call -> deployments());
        on("POST", "deployments", NO_LIMIT, this::create);
        on("GET", "deployments/{id}", READS, this::look);
        on("POST", "deployments/{id}/start", SWITCHES, call -> change(call, "stopped", "starting"));
        on("POST", "deployments/{id}/stop", SWITCHES, call -> change(call, "running", "stopping"));
        on("GET", "deployments/{id}/tls", READS, this::certificate);
        on("POST", "deployments/{id}/tls", TLS_WRITES, this::addCertificate);
        on("PUT", "deployments/{id}/tls", TLS_WRITES, this::replaceCertificate);
        on("DELETE", "deployments/{id}/tls", TLS_WRITES, this::removeCertificate);
    }

    /** Whether the key may do nothing. */
    public void forbid(boolean nothing) {
        forbidden = nothing;
    }

    /** Whether the documented limits are kept to. */
    public void enforceLimits(boolean enforced) {
        limited = enforced;
    }

    private void on(String method, String path, int most, Function<Call, Answer> handler) {
        router.on(method, path, call -> {
            if (limited) {
                window.count(method + ' ' + path, most).ifPresent(wait -> {
                    // whether Retry-After is there is not recorded
                    String seconds = String.valueOf(wait.toSeconds() + 1);
                    throw new Refusal(failure(429, "TOO_MANY_REQUESTS", "Too many requests")
                            .header("retry-after", seconds));
                });
            }
            return handler.apply(call);
        });
    }

    @Override
    public Answer answer(Call call) {
        if (call.header("authorization")
                .flatMap(Credentials::parse)
                .filter(key::equals)
                .isEmpty()) {
            // the challenge is not recorded
            return failure(401, "UNAUTHORIZED", "Wrong API key or secret")
                    .header("www-authenticate", "Basic realm=\"platform\"");
        }
        if (forbidden) {
            return failure(403, "FORBIDDEN", "The API key may not do this");
        }
        try {
            return call.path().startsWith(PREFIX)
                    ? router.find(call.under(PREFIX))
                            .orElse(() -> notFound("no such path"))
                            .get()
                    : notFound("no such path");
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (BadEscape bad) {
            return notFound("no such path");
        }
    }

    /** The form of failures is not documented, nor recorded: this is generation 5's. */
    private static Answer failure(int status, String code, String message) {
        return Answer.json(status, Map.of("code", code, "message", message));
    }

    private static Answer notFound(String message) {
        return failure(404, "NOT_FOUND", message);
    }

    private static Refusal invalid(String message) {
        return new Refusal(failure(422, "UNPROCESSABLE_ENTITY", message));
    }

    private Answer projects() {
        return Answer.ok(account.projects().stream()
                .map(project ->
                        Map.of("projectID", project.projectId(), "projectName", project.name(), "description", ""))
                .toList());
    }

    private Answer deployments() {
        return Answer.ok(account.deployments().stream().map(this::row).toList());
    }

    private Map<String, Object> row(SimulatedDeployment deployment) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("connections", deployment.connections());
        row.put("tps", deployment.tps());
        row.put("createAt", deployment.createAt());
        row.put("deploymentID", deployment.deploymentId());
        row.put("deploymentName", deployment.deploymentName());
        row.put("deploymentType", deployment.deploymentType());
        row.put("platform", deployment.platform());
        row.put(
                "projectName",
                account.project(deployment.projectId())
                        .map(Account.Project::name)
                        .orElse(""));
        row.put("region", deployment.region());
        row.put("status", deployment.status());
        row.put("version", deployment.version());
        return row;
    }

    private SimulatedDeployment found(Call call) {
        return account.deployment(call.variable("id")).orElseThrow(() -> new Refusal(notFound("no such deployment")));
    }

    private Answer look(Call call) {
        found(call);
        return account.lookAt(call.variable("id"))
                .map(seen -> Answer.ok(row(seen)))
                .orElseThrow();
    }

    /** Defaults, and a new deployment being pending, are not recorded. */
    private Answer create(Call call) {
        JsonNode body = body(call);
        String project = text(body, "projectID", List.of(), null);
        if (account.project(project).isEmpty()) {
            throw invalid("no such project");
        }
        String name = text(body, "deploymentName", List.of(), "deployment");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw invalid("deploymentName must have 1 to 64 characters");
        }
        SimulatedDeployment created = account.add(new SimulatedDeployment(
                account.nextId(),
                name,
                text(body, "deploymentType", TYPES, "serverless"),
                project,
                text(body, "platform", CLOUDS, null),
                text(body, "region", List.of(), null),
                text(body, "deploymentVersion", VERSIONS, "v5"),
                number(body, "connections"),
                number(body, "tps"),
                account.now(),
                "pending"));
        return Answer.json(201, row(created));
    }

    /** That a state is wrong is 422 in the documentation; which states are is not recorded. */
    private Answer change(Call call, String from, String to) {
        SimulatedDeployment present = found(call);
        if (!present.status().equals(from)) {
            throw invalid("the deployment is " + present.status());
        }
        account.setStatus(present.deploymentId(), to);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("deploymentID", present.deploymentId());
        answer.put("deploymentName", present.deploymentName());
        answer.put("operation", to);
        return Answer.json(201, answer);
    }

    /** What is answered where there is no certificate, how {@code expire} is written, and when one is in use: not recorded. */
    private Answer certificate(Call call) {
        String id = found(call).deploymentId();
        SimulatedCertificate seen = presentCertificate(id);
        account.putCertificate(
                id, new SimulatedCertificate(seen.tlsType(), seen.cert(), seen.key(), seen.cacert(), "running"));
        return Answer.ok(row(presentCertificate(id)));
    }

    private SimulatedCertificate presentCertificate(String id) {
        return account.certificate(id).orElseThrow(() -> new Refusal(notFound("the deployment has no certificate")));
    }

    private static Map<String, Object> row(SimulatedCertificate certificate) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("tlsType", certificate.tlsType());
        row.put("expire", "2030-01-01 00:00");
        row.put("status", certificate.status());
        return row;
    }

    private Answer addCertificate(Call call) {
        String id = found(call).deploymentId();
        if (account.certificate(id).isPresent()) {
            throw invalid("the deployment has a certificate already");
        }
        return put(id, call);
    }

    private Answer replaceCertificate(Call call) {
        String id = found(call).deploymentId();
        presentCertificate(id);
        return put(id, call);
    }

    private Answer put(String id, Call call) {
        JsonNode body = body(call);
        String type = text(body, "tlsType", TLS_TYPES, null);
        SimulatedCertificate certificate = new SimulatedCertificate(
                type,
                text(body, "cert", List.of(), null),
                text(body, "key", List.of(), null),
                body.path("cacert").textValue(),
                "pending");
        if (type.equals("two-way") && certificate.cacert() == null) {
            throw invalid("two-way needs cacert");
        }
        account.putCertificate(id, certificate);
        return Answer.ok(row(certificate));
    }

    private Answer removeCertificate(Call call) {
        String id = found(call).deploymentId();
        presentCertificate(id);
        account.removeCertificate(id);
        return Answer.empty(204);
    }

    private static JsonNode body(Call call) {
        return Json.read(call.body().bytes())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> invalid("the body is no JSON object"));
    }

    /** A text of the body; without a value to take otherwise, it must be there. */
    private static String text(JsonNode body, String name, List<String> allowed, String otherwise) {
        String value = body.has(name) ? body.get(name).textValue() : otherwise;
        if (value == null) {
            throw invalid(name + " is missing or no text");
        }
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            throw invalid(name + " is none of " + String.join(", ", allowed));
        }
        return value;
    }

    private static int number(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isInt()) {
            throw invalid(name + " is no number");
        }
        return value.asInt(1000);
    }
}
