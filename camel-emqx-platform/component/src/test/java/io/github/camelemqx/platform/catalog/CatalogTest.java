/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.catalog.ResultCodes.ResultCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The catalogue's data fit together and with the contract. */
class CatalogTest {

    /** design.md, section 1, and those of its "all others" that it names. */
    private static final Map<String, String> CONTRACT = Map.ofEntries(
            Map.entry(
                    "clients",
                    "list get kick kick-bulk subscriptions subscribe unsubscribe subscribe-bulk unsubscribe-bulk"
                            + " keepalive clear-authorization-cache"),
            Map.entry("subscriptions", "list"),
            Map.entry("topics", "list get"),
            Map.entry("messages", "publish publish-bulk"),
            Map.entry("users", "list get create create-bulk update delete"),
            Map.entry("acl", "list get create update delete"),
            Map.entry("banned", "list create delete"),
            Map.entry("retained", "list get delete"),
            Map.entry("metrics", "get"),
            Map.entry("stats", "get"),
            Map.entry("nodes", "list get metrics stats"),
            Map.entry("alarms", "list clear"),
            Map.entry("rules", "list get create update delete"),
            Map.entry("connectors", "list get create update delete start enable disable"),
            Map.entry("actions", "list get create update delete start enable disable"),
            Map.entry("resources", "list get create update delete connect"),
            Map.entry("deployments", "list get create start stop"),
            Map.entry("certificates", "get create update delete"),
            Map.entry("projects", "list"),
            Map.entry("gateways", "list get"),
            Map.entry("listeners", "list get"),
            Map.entry("exhooks", "list get"),
            Map.entry("traces", "list create delete"),
            Map.entry("delayed", "list get"),
            Map.entry("topic-metrics", "list get create delete"),
            Map.entry("slow-subscriptions", "list clear"),
            Map.entry("shadows", "list get create update delete"),
            Map.entry("api", "request"));

    /** The resources of the contract whose operations are the same on both generations. */
    private static final List<String> CORE = List.of(
            "clients",
            "subscriptions",
            "topics",
            "messages",
            "users",
            "acl",
            "banned",
            "metrics",
            "stats",
            "nodes",
            "alarms",
            "rules",
            "api");

    private final Catalog catalog = Catalog.load();
    private final Catalog trial = TrialCatalog.load();

    @Test
    void resourcesAndOperationsOfTheContractAreThere() {
        CONTRACT.forEach((resource, operations) ->
                assertThat(operations(resource)).as(resource).contains(operations.split(" ", -1)));
    }

    @Test
    void coreOperationsExistOnBothGenerations() {
        CORE.forEach(resource -> {
            for (String name : CONTRACT.get(resource).split(" ", -1)) {
                assertThat(catalog.resource(resource).operation(name).generations())
                        .as(resource + ":" + name)
                        .containsExactlyInAnyOrderElementsOf(Generation.BROKERS);
            }
        });
        assertThat(catalog.resource("retained").operations().values())
                .allSatisfy(operation -> assertThat(operation.generations()).containsExactly(Generation.V5));
    }

    @Test
    void resourcesOfTheAccountAreOfThePlatformApiAlone() {
        List<Resource> ofAccount =
                catalog.resources().stream().filter(Resource::ofAccount).toList();
        assertThat(ofAccount)
                .extracting(Resource::name)
                .containsExactlyInAnyOrder("projects", "deployments", "certificates");
        assertThat(ofAccount)
                .flatExtracting(resource -> resource.operations().values())
                .hasSize(10)
                .allSatisfy(operation -> {
                    assertThat(operation.generations()).containsExactly(Generation.PLATFORM);
                    assertThat(operation.parameters())
                            .allSatisfy(parameter ->
                                    assertThat(parameter.places().keySet()).containsExactly(Generation.PLATFORM));
                });
        assertThat(operations("deployments")).containsExactly("list", "get", "create", "start", "stop");
        assertThat(operations("certificates")).containsExactly("get", "create", "update", "delete");
    }

    @Test
    void limitsAreThoseOfTheDocumentation() {
        // emqx-api/platform-operations.tsv; none for creating a deployment
        Map<String, Integer> inAnHour = new HashMap<>();
        all().stream().filter(operation -> operation.limit() != null).forEach(operation -> {
            assertThat(operation.limit().window()).isEqualTo(Duration.ofHours(1));
            inAnHour.put(operation.fullName(), operation.limit().calls());
        });
        assertThat(inAnHour)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "projects:list", 60,
                        "deployments:list", 60,
                        "deployments:get", 60,
                        "deployments:start", 1,
                        "deployments:stop", 1,
                        "certificates:get", 60,
                        "certificates:create", 6,
                        "certificates:update", 6,
                        "certificates:delete", 6));
    }

    @Test
    void whatIsLimitedIsOneRequest() {
        // a call is counted as one: pages, steps and items of a bulk call would be several
        assertThat(all()).filteredOn(operation -> operation.limit() != null).allSatisfy(operation -> assertThat(
                        operation.result() == ResultShape.PAGE
                                || operation.result() == ResultShape.OUTCOMES
                                || operation.composed())
                .as(operation.fullName())
                .isFalse());
    }

    @Test
    void whatCanBeWaitedForCanBeLookedAt() {
        assertThat(all()).filteredOn(operation -> operation.waitable() != null).isNotEmpty();
        for (Operation operation : all()) {
            if (operation.waitable() != null) {
                Operation look = catalog.resource(operation.resource())
                        .operation(operation.waitable().look());
                assertThat(look.effect()).isEqualTo(Effect.READ);
                assertThat(look.result()).isEqualTo(ResultShape.OBJECT);
                assertThat(look.parameters()).filteredOn(Parameter::required).hasSize(1);
                assertThat(operation.waitable().wanted())
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(operation.waitable().failed());
            }
        }
    }

    @Test
    void everythingIsDescribed() {
        assertThat(catalog.resources())
                .allSatisfy(resource ->
                        assertThat(resource.description()).as(resource.name()).endsWith("."));
        assertThat(all()).allSatisfy(operation -> {
            assertThat(operation.description()).as(operation.fullName()).endsWith(".");
            assertThat(operation.parameters()).allSatisfy(parameter -> assertThat(parameter.description())
                    .as(operation.fullName() + " " + parameter.name())
                    .endsWith("."));
        });
    }

    @Test
    void everyPlaceholderIsAPathParameterOfItsGeneration() {
        for (Operation operation : all()) {
            operation
                    .routes()
                    .forEach((generation, routes) -> routes.forEach(route -> {
                        for (String placeholder : route.placeholders()) {
                            Parameter parameter =
                                    operation.parameter(placeholder).orElseThrow();
                            assertThat(parameter.name()).isEqualTo(placeholder);
                            assertThat(parameter.place(generation).orElseThrow().kind())
                                    .as(operation.fullName() + " " + generation + " " + placeholder)
                                    .isIn(Place.Kind.PATH, Place.Kind.PATH_AND_BODY, Place.Kind.RAW_PATH);
                        }
                    }));
        }
    }

    @Test
    void everyPathParameterHasAPlaceholderInSomeRoute() {
        for (Operation operation : allAndSteps()) {
            operation.routes().forEach((generation, routes) -> operation.parameters().stream()
                    .filter(parameter ->
                            parameter.place(generation).filter(Place::inPath).isPresent())
                    .forEach(parameter -> assertThat(routes)
                            .as(operation.fullName() + " " + generation + " " + parameter.name())
                            .anyMatch(route -> route.placeholders().contains(parameter.name()))));
        }
    }

    @Test
    void cursorsAreForListingsAndTakeFiltersOfTheirGeneration() {
        int cursors = 0;
        for (Operation operation : all()) {
            for (Generation generation : operation.generations()) {
                for (Route route : operation.routes().get(generation)) {
                    if (route.cursor() == null) {
                        continue;
                    }
                    cursors++;
                    assertThat(operation.result()).as(operation.fullName()).isEqualTo(ResultShape.PAGE);
                    assertThat(route.placeholders()).isEmpty();
                    assertThat(route.cursor().path()).startsWith("/").doesNotContain("{", "?");
                    assertThat(operation.parameterNames(generation))
                            .containsAll(route.cursor().filters())
                            .doesNotContain("cursor");
                    // every page has its own
                    assertThat(route.cursor().filters()).doesNotContain("page", "limit", "fields");
                }
            }
        }
        assertThat(cursors).isPositive();
    }

    @Test
    void onlyCallsWithABodyPutParametersThere() {
        for (Operation operation : shippedAndTried()) {
            boolean body = operation.parameters().stream().anyMatch(parameter -> parameter.at(Place::inBody));
            boolean made =
                    switch (operation.input()) {
                        case NONE, JSON, TEXT, FILE -> false;
                        case ROW, ROWS, PAYLOAD -> true;
                    };
            if (!made || !operation.open()) {
                assertThat(made).as(operation.fullName()).isEqualTo(body);
            }
        }
    }

    @Test
    void whatIsRequiredCanBeSaidWhereverItIsRequired() {
        for (Operation operation : shippedAndTried()) {
            for (Parameter parameter : operation.parameters()) {
                String name = operation.fullName() + " " + parameter.name();
                if (parameter.required()) {
                    assertThat(parameter.places().keySet()).as(name).containsAll(operation.generations());
                }
                assertThat(parameter.places().keySet()).as(name).containsAll(parameter.requiredOn());
            }
        }
    }

    @Test
    void onlyObjectsAndOutcomesAreEchoed() {
        for (Operation operation : shippedAndTried()) {
            boolean echoed = routes(operation).stream()
                    .anyMatch(route -> !route.answer().echo().isEmpty());
            if (echoed) {
                assertThat(operation.result()).as(operation.fullName()).isIn(ResultShape.OBJECT, ResultShape.OUTCOMES);
            }
        }
    }

    @Test
    void onlyRowsAreOpen() {
        assertThat(shippedAndTried()).filteredOn(Operation::open).isNotEmpty().allSatisfy(operation -> assertThat(
                        operation.input())
                .as(operation.fullName())
                .isIn(Input.ROW, Input.ROWS));
    }

    @Test
    void onlyFilesHaveAPartAndAName() {
        for (Operation operation : shippedAndTried()) {
            boolean file = operation.input() == Input.FILE;
            assertThat(routes(operation))
                    .as(operation.fullName())
                    .allMatch(route -> (route.part() != null || route.field() != null) == file);
            assertThat(operation.parameters())
                    .as(operation.fullName())
                    .noneMatch(parameter -> !file && parameter.at(Place.Kind.FILE_NAME));
        }
    }

    @Test
    void onlyListingsComeWholeAndOnlyTextsAndFilesAreTakenOutOfAField() {
        for (Operation operation : shippedAndTried()) {
            boolean content = operation.result() == ResultShape.TEXT || operation.result() == ResultShape.FILE;
            assertThat(routes(operation))
                    .as(operation.fullName())
                    .noneMatch(route -> route.answer().unpaged() && operation.result() != ResultShape.PAGE)
                    .noneMatch(route -> route.answer().content() != null && !content);
        }
    }

    @Test
    void bulkCallsAndNoOthersHaveOutcomes() {
        for (Operation operation : shippedAndTried()) {
            if (!operation.composed()) {
                boolean bulk = operation.result() == ResultShape.OUTCOMES;
                assertThat(routes(operation))
                        .as(operation.fullName())
                        .allMatch(route -> (route.batch() != null) == bulk);
            }
        }
    }

    @Test
    void versionsAreThoseOfGeneration5() {
        List<String> versions = new ArrayList<>();
        shippedAndTried().forEach(operation -> {
            versions.add(operation.since());
            operation.parameters().forEach(parameter -> versions.add(parameter.since()));
        });
        assertThat(versions)
                .filteredOn(Objects::nonNull)
                .isNotEmpty()
                .allMatch(version -> version.matches("5\\.\\d+\\.\\d+"));
        Operation get = trial.resource("backups").operation("get");
        assertThat(get.since()).isEqualTo("5.1.0");
        assertThat(get.parameter("node").orElseThrow().since()).isEqualTo("5.2.1");
        assertThat(get.parameter("filename").orElseThrow().since()).isNull();
    }

    @Test
    void readsAreGetsAndOnlyReadsAre() {
        for (Operation operation : all()) {
            if (operation.composed()) {
                continue;
            }
            if (operation.parameters().stream().anyMatch(Parameter::steers)) {
                assertThat(operation.effect()).isEqualTo(Effect.ONCE);
                continue;
            }
            boolean gets = operation.routes().values().stream()
                    .flatMap(List::stream)
                    .allMatch(route -> route.method().equals("GET"));
            assertThat(gets).as(operation.fullName()).isEqualTo(operation.effect() == Effect.READ);
        }
    }

    @Test
    void watchesNameOperationsAndFieldsThatAreThere() {
        assertThat(catalog.resources().stream()
                        .filter(resource -> resource.watchable().isPresent())
                        .map(Resource::name))
                .contains("clients", "users", "metrics");
        for (Resource resource : catalog.resources()) {
            resource.watchable().ifPresent(watchable -> {
                Operation listing = resource.operation(watchable.listing());
                assertThat(listing.effect()).isEqualTo(Effect.READ);
                assertThat(watchable.key()).isNotEmpty();
                assertThat(watchable.filters().keySet()).allSatisfy(filter -> assertThat(listing.parameter(filter))
                        .isPresent());
                if (listing.limit() != null) {
                    assertThat(watchable.delay()).as(resource.name()).isNotNull();
                }
                if (watchable.confirmation() != null) {
                    assertConfirmable(resource, watchable);
                }
            });
        }
    }

    /** All that the second look cannot do without is in the key, in the id, or asked for of the listing. */
    private static void assertConfirmable(Resource resource, Watchable watchable) {
        Operation confirmation = resource.operation(watchable.confirmation());
        assertThat(confirmation.effect()).isEqualTo(Effect.READ);
        confirmation.parameters().stream().filter(Parameter::required).forEach(parameter -> {
            boolean known = parameter.names().anyMatch(watchable.key()::contains)
                    || (!watchable.ids().isEmpty() && parameter.names().anyMatch("id"::equals))
                    || resource.operation(watchable.listing())
                            .parameter(parameter.name())
                            .filter(Parameter::required)
                            .isPresent();
            assertThat(known)
                    .as(confirmation.fullName() + " " + parameter.name())
                    .isTrue();
        });
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearestFirst() {
        assertThatThrownBy(() -> catalog.resource("client"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no resource 'client'")
                .hasMessageContaining("are: clients, ");
        assertThatThrownBy(() -> catalog.resource("clients").operation("kcik"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clients has no operation 'kcik'")
                .hasMessageContaining("are: kick, ");
    }

    @Test
    void everyResultCodeOfTheOverviewHasItsKind() {
        List<String> codes = new ArrayList<>(List.of("0"));
        IntStream.rangeClosed(101, 116).forEach(code -> codes.add(String.valueOf(code)));
        assertThat(codes).allSatisfy(code -> assertThat(catalog.resultCodes().code(Generation.V4, code))
                .as(code)
                .isPresent());
        assertThat(kind("0")).isEqualTo(FailureKind.SUCCESS);
        assertThat(List.of(kind("103"), kind("104"), kind("114"))).containsOnly(FailureKind.AUTHENTICATION);
        assertThat(kind("106")).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(List.of(kind("107"), kind("108"), kind("109"), kind("115"), kind("116")))
                .containsOnly(FailureKind.INVALID_REQUEST);
        assertThat(kind("105")).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(kind("112")).isEqualTo(FailureKind.CLIENT_OFFLINE);
        assertThat(List.of(kind("110"), kind("111"), kind("113"))).containsOnly(FailureKind.CONFLICT);
        assertThat(kind("101")).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(kind("102")).isEqualTo(FailureKind.SERVER);
    }

    @Test
    void everyListedCodeOfGeneration5IsThere() {
        // emqx-api/README.md, "The listed codes"
        Set<String> listed = Set.of(
                ("BAD_USERNAME_OR_PWD BAD_API_KEY_OR_SECRET BAD_REQUEST NOT_MATCH ALREADY_EXISTS BAD_CONFIG_SCHEMA"
                                + " BAD_LISTENER_ID BAD_NODE_NAME BAD_RPC BAD_TOPIC EXCEED_LIMIT INVALID_PARAMETER CONFLICT"
                                + " NO_DEFAULT_VALUE DEPENDENCY_EXISTS MESSAGE_ID_SCHEMA_ERROR INVALID_ID"
                                + " MESSAGE_ID_NOT_FOUND NOT_FOUND CLIENTID_NOT_FOUND CLIENT_NOT_FOUND"
                                + " RESOURCE_NOT_FOUND TOPIC_NOT_FOUND USER_NOT_FOUND INTERNAL_ERROR"
                                + " SERVICE_UNAVAILABLE SOURCE_ERROR UPDATE_FAILED REST_FAILED CLIENT_NOT_RESPONSE"
                                + " UNSUPPORTED_MEDIA_TYPE")
                        .split(" "));
        assertThat(catalog.resultCodes().all(Generation.V5))
                .extracting(ResultCode::code)
                .containsAll(listed);
    }

    @Test
    void messagesWithoutACodeMatchByPattern() {
        ResultCodes codes = catalog.resultCodes();
        assertThat(codes.message("existed").orElseThrow().kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(codes.message("noexisted").orElseThrow().kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(codes.message("Rule rule:nope Not Found").orElseThrow().kind())
                .isEqualTo(FailureKind.NOT_FOUND);
        assertThat(codes.message("Already Exists").orElseThrow().kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(codes.message("never seen")).isEmpty();
        assertThat(codes.message("not existed")).isEmpty();
    }

    private static List<Route> routes(Operation operation) {
        return operation.routes().values().stream().flatMap(List::stream).toList();
    }

    private List<Operation> shippedAndTried() {
        List<Operation> operations = new ArrayList<>(all());
        trial.resources()
                .forEach(resource -> operations.addAll(resource.operations().values()));
        return operations;
    }

    private List<Operation> allAndSteps() {
        List<Operation> operations = new ArrayList<>(all());
        all().forEach(operation -> operations.addAll(operation.steps().values()));
        return operations;
    }

    private FailureKind kind(String code) {
        return catalog.resultCodes().code(Generation.V4, code).orElseThrow().kind();
    }

    private Set<String> operations(String resource) {
        return catalog.resource(resource).operations().keySet();
    }

    private List<Operation> all() {
        return catalog.resources().stream()
                .flatMap(resource -> resource.operations().values().stream())
                .toList();
    }
}
