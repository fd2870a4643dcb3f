/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.ResultCodes;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * A deployment as the component sees it, or the account behind the Platform API: one address, one key, one pool of
 * connections, one budget of calls. Carries out operations of the catalogue. Safe for many threads.
 */
public final class Deployment implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder(new ReadAheadFactory())
            // what comes after a failure of the parser is not waited for
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final HttpTransport transport;
    private final Failures failures;
    private final Listings listings;
    private final KnownAnswers known;
    private final ZoneId brokerZone;
    private final List<ApiBase> candidates;
    private final CallBudget budget;
    private final AtomicReference<ApiBase> base;
    private final Retries retries;

    /**
     * @param transport to the deployment; closed with it
     * @param path of the option {@code apiUrl} or {@code platformApiUrl}
     * @param generation the Platform API, or the option {@code apiVersion}, null to find out
     * @param brokerZone the zone of generation 4's times, which come without one
     * @param codes what result codes mean
     */
    public Deployment(
            HttpTransport transport, String path, Generation generation, ZoneId brokerZone, ResultCodes codes) {
        this.transport = transport;
        this.failures = new Failures(codes, JSON);
        this.listings = new Listings(transport, failures, new PageReader(JSON));
        this.known = new KnownAnswers();
        this.brokerZone = brokerZone;
        this.candidates = ApiBase.candidates(path, generation);
        this.budget = new CallBudget(System::nanoTime);
        this.base = new AtomicReference<>();
        this.retries = Retries.NONE;
    }

    private Deployment(Deployment same, Retries retries) {
        this.transport = same.transport;
        this.failures = same.failures;
        this.listings = same.listings;
        this.known = same.known;
        this.brokerZone = same.brokerZone;
        this.candidates = same.candidates;
        this.budget = same.budget;
        this.base = same.base;
        this.retries = retries;
    }

    /** The same deployment, everything shared, to whoever wants its calls sent again when they fail for a while. */
    public Deployment retrying(Retries wanted) {
        return new Deployment(this, wanted);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** What waiting for {@code requestsPerSecond} has cost, over everything that calls the deployment in the context. */
    public Pace.Waits waits() {
        return transport.waits();
    }

    /** The connections to the deployment as they are now, over all that share them. */
    public Connections connections() {
        return transport.connections();
    }

    /** The generation as far as the options tell, without asking the deployment. */
    public Optional<Generation> knownGeneration() {
        List<Generation> possible =
                candidates.stream().map(ApiBase::generation).distinct().toList();
        return possible.size() == 1 ? Optional.ofNullable(possible.get(0)) : Optional.empty();
    }

    /**
     * The generation; the first call may ask the deployment.
     *
     * @throws EmqxPlatformException when the deployment does not tell
     */
    public Generation generation() throws EmqxPlatformException {
        return base().generation();
    }

    /** Threads that ask at the same time each ask for themselves: none waits for another's time to run out. */
    private ApiBase base() throws EmqxPlatformException {
        ApiBase known = base.get();
        if (known == null) {
            boolean told = candidates.size() == 1 && candidates.get(0).generation() != null;
            GenerationProbe probe = new GenerationProbe(transport, failures, JSON);
            known = told ? candidates.get(0) : retries.of(() -> probe.find(candidates));
            base.set(known);
        }
        return known;
    }

    /**
     * Carries out an operation: with one request, or a composed one in its steps.
     *
     * @throws EmqxPlatformException as the API's answer or its absence has it; an
     *     {@link io.github.camelemqx.platform.exception.EmqxPartialFailureException} for failed items of a bulk call
     */
    public CallResult call(Operation operation, Arguments arguments) throws EmqxPlatformException {
        if (operation.composed()) {
            return new AccessRules(operation, AccessTable.of(this, operation, generation())).call(arguments);
        }
        Prepared call = prepare(operation, arguments);
        return allowed(call).of(() -> once(call));
    }

    private CallResult once(Prepared call) throws EmqxPlatformException {
        long spent = budget.spend(call.operation());
        try {
            return exchange(call);
        } catch (EmqxUnavailableException e) {
            if (unsent(e.getCause())) {
                budget.giveBack(call.operation(), spent);
            }
            throw e;
        }
    }

    private Retries allowed(Prepared call) {
        RequestBody body = call.request().body();
        return body == null || body.isRepeatable() ? retries.of(call.operation()) : Retries.NONE;
    }

    /** How many calls of an operation its documented limit allows now. */
    int callsLeft(Operation operation) {
        return budget.left(operation);
    }

    /** Whether there was no connection to send anything on. */
    private static boolean unsent(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof ConnectTimeoutException
                || cause instanceof ConnectionRequestTimeoutException
                || cause instanceof SSLHandshakeException;
    }

    private CallResult exchange(Prepared call) throws EmqxPlatformException {
        return switch (call.operation().result()) {
            case FILE -> transport.open(call.request(), answer -> file(call, successful(call, answer)));
            case TEXT -> transport.exchange(call.request(), answer -> text(call, successful(call, answer)));
            case NOTHING, OBJECT, LIST, PAGE, ANY, OUTCOMES, NODE_VALUES ->
                transport.exchange(call.request(), answer -> data(call, successful(call, answer)));
        };
    }

    private ApiAnswer successful(Prepared call, ApiAnswer answer) throws IOException, EmqxPlatformException {
        if (!answer.success()) {
            throw failures.ofStatus(call.generation(), call.request(), answer);
        }
        return answer;
    }

    private CallResult file(Prepared call, ApiAnswer answer) throws IOException, EmqxPlatformException {
        InputStream content = enveloped(call, answer)
                ? new ByteArrayInputStream(contentOf(call, answer).getBytes(StandardCharsets.UTF_8))
                : answer.body();
        return CallResult.of(content, answer.status(), successCode(call));
    }

    private CallResult text(Prepared call, ApiAnswer answer) throws IOException, EmqxPlatformException {
        String text = enveloped(call, answer) ? contentOf(call, answer) : wholeText(answer);
        return CallResult.of(text, answer.status(), successCode(call));
    }

    /** Generation 4 fails under HTTP 200, also where it answers files otherwise (recordings v4 444, 448). */
    private static boolean enveloped(Prepared call, ApiAnswer answer) {
        return (call.generation() == Generation.V4 || call.route().answer().content() != null)
                && answer.hasType("application/json");
    }

    /** A text or a file within JSON. */
    private String contentOf(Prepared call, ApiAnswer answer) throws IOException, EmqxPlatformException {
        try (InputStream bounded = new BoundedBody(answer.body(), HttpTransport.LARGEST_PAGE)) {
            ApiRequest request = call.request();
            Object whole = json(call, new ApiAnswer(answer.status(), answer.headers(), bounded), false);
            Object data = new Envelope(call.generation(), failures)
                    .open(request, call.route().answer(), answer.status(), whole);
            String field = call.route().answer().content();
            Object content = field == null ? data : data instanceof Map<?, ?> fields ? fields.get(field) : null;
            if (content == null) {
                throw failures.absent(call.operation().absent(), request, answer.status());
            }
            return content instanceof String text ? text : JSON.writeValueAsString(content);
        }
    }

    private CallResult data(Prepared call, ApiAnswer answer) throws IOException, EmqxPlatformException {
        boolean statusDecides = call.generation() == Generation.V5;
        if (call.operation().result() == ResultShape.NOTHING && statusDecides) {
            return CallResult.of(null, answer.status(), null);
        }
        if (call.operation().result() == ResultShape.ANY && answer.hasType("text/plain")) {
            return CallResult.of(wholeText(answer), answer.status(), null);
        }
        Object whole = json(call, answer, emptyIsDone(call));
        Object data = new Envelope(call.generation(), failures)
                .open(call.request(), call.route().answer(), answer.status(), whole);
        return result(call, answer.status(), whole, data);
    }

    private static String wholeText(ApiAnswer answer) throws IOException {
        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    private CallResult result(Prepared call, int status, Object whole, Object data) throws EmqxPlatformException {
        Results results = results(call.generation());
        Object body = results.shaped(call.operation(), call.route(), call.arguments(), call.request(), status, data);
        String code = successCode(call);
        if (body instanceof Map<?, ?> row && row.get("reason_code") instanceof Number reason) {
            code = reason.toString();
        }
        boolean listed = call.operation().result() == ResultShape.ANY && whole instanceof Map;
        return new CallResult(
                body, status, code, listed ? PageMeta.of(((Map<?, ?>) whole).get("meta")) : PageMeta.NONE);
    }

    /**
     * Carries out a bulk operation.
     *
     * @param each finds the operation that does the same for one item
     * @param failOnPartialFailure false to get failed items among the outcomes
     * @return a body of one outcome for each row of the arguments
     * @throws EmqxPartialFailureException when items failed and that is not wanted in the result
     */
    public CallResult bulk(
            Operation operation, Function<String, Operation> each, Arguments arguments, boolean failOnPartialFailure)
            throws EmqxPlatformException {
        if (operation.composed()) {
            return new AccessRules(operation, AccessTable.of(this, operation, generation()))
                    .create(arguments, failOnPartialFailure);
        }
        if (arguments.rows().isEmpty()) {
            // generation 5 answers an empty batch with 500 (recording v5 97): there is nothing to do
            return CallResult.of(List.of(), 0, null);
        }
        if (!operation.generations().contains(generation())) {
            // says so
            prepare(operation, arguments);
        }
        return new BulkCall(this, operation, each, failures, generation()).of(arguments, failOnPartialFailure);
    }

    /** One page of a listing, from 1; all of a listing that comes whole. */
    public CallResult page(Operation operation, Arguments arguments, PagingStyle style, int page, int limit)
            throws EmqxPlatformException {
        Prepared call = prepare(operation, arguments);
        List<Map<String, Object>> rows = new ArrayList<>();
        PagesByNumber pages = listings.byNumber(call.generation(), call.route(), call.request(), style, limit);
        int number = call.route().answer().unpaged() ? 1 : page;
        RowIterator.RowDecoder decoder = decoder(call);
        PagesByNumber.PageEnd end = allowed(call).of(() -> {
            rows.clear();
            return pages.page(number, parser -> rows.addAll(decoder.decode(parser)));
        });
        if (call.route().answer().unpaged()) {
            PageMeta whole = new PageMeta(1, null, (long) rows.size(), false);
            return new CallResult(rows, end.status(), successCode(call), whole);
        }
        PageMeta meta = end.meta();
        return new CallResult(
                rows,
                end.status(),
                successCode(call),
                new PageMeta(
                        meta.page() == null ? Integer.valueOf(page) : meta.page(),
                        meta.limit() == null ? Integer.valueOf(limit) : meta.limit(),
                        meta.count(),
                        end.more()));
    }

    /** All rows of a listing that has pages, or of a result that comes whole, in memory. */
    List<Map<String, Object>> rows(Operation operation, Arguments arguments, PagingStyle style, int limit)
            throws EmqxPlatformException {
        CallResult result = operation.result() == ResultShape.PAGE
                ? all(operation, arguments, style, limit)
                : call(operation, arguments);
        return rows(result.body());
    }

    /** All rows of a listing, in memory. */
    public CallResult all(Operation operation, Arguments arguments, PagingStyle style, int limit)
            throws EmqxPlatformException {
        Prepared call = prepare(operation, arguments);
        RowList rows = new RowList(decoder(call));
        Walk walk = listing(call, style, limit).all(rows);
        return CallResult.of(rows.rows(), walk.status(), successCode(call));
    }

    /** The rows of a listing as they are consumed; the first request is made with the first look at it. */
    public CallResult stream(Operation operation, Arguments arguments, PagingStyle style, int limit)
            throws EmqxPlatformException {
        Prepared call = prepare(operation, arguments);
        RowIterator rows = new RowIterator(listing(call, style, limit), decoder(call));
        return CallResult.of(rows, 0, null);
    }

    /**
     * Some fields of all rows of a listing, row by row while they arrive; what was given before a failure is not a listing.
     * A result that is one object is one row. Where the deployment loses its place in a listing, rows come twice.
     *
     * @param fields that are wanted, {@code a.b} for the field b of the object a
     */
    public Walk scan(
            Operation operation, Arguments arguments, PagingStyle style, int limit, List<String> fields, FieldSink sink)
            throws EmqxPlatformException {
        if (operation.result() != ResultShape.PAGE) {
            CallResult result = call(operation, arguments);
            rows(result.body()).forEach(row -> FieldScan.ofRow(row, fields, sink));
            return new Walk(result.httpStatus(), 1, true);
        }
        Prepared call = prepare(operation, arguments);
        FieldScan scan = FieldScan.of(call.generation(), operation, call.route(), fields, brokerZone);
        RowReader rows = scan == null ? scanned(decoder(call), fields, sink) : parser -> scan.row(parser, sink);
        return listing(call, style, limit).all(new Scanned(rows));
    }

    /** For fields that only the whole row tells. */
    private static RowReader scanned(RowIterator.RowDecoder decoder, List<String> fields, FieldSink sink) {
        return parser -> decoder.decode(parser).forEach(row -> FieldScan.ofRow(row, fields, sink));
    }

    /** Whole rows may come twice; one that was cut off may not. */
    private record Scanned(RowReader reader) implements RowReader {

        @Override
        public void row(JsonParser parser) throws IOException, EmqxPlatformException {
            reader.row(parser);
        }

        @Override
        public boolean takeBackAll() {
            return true;
        }
    }

    /** An operation on its way, for one generation. */
    private record Prepared(
            Generation generation, Operation operation, Route route, Arguments arguments, ApiRequest request) {}

    private Prepared prepare(Operation operation, Arguments arguments) throws EmqxPlatformException {
        ApiBase at = base();
        RequestBuilder builder = new RequestBuilder(at.generation(), at.path(), JSON, transport.secrets());
        Route route = builder.route(operation, arguments);
        return new Prepared(at.generation(), operation, route, arguments, builder.request(operation, route, arguments));
    }

    /** Generation 4 says so in words, generation 5 by its status alone. */
    private static String successCode(Prepared call) {
        return call.generation() == Generation.V4 ? "0" : null;
    }

    private Listing listing(Prepared call, PagingStyle style, int limit) {
        Map<String, Object> filters = call.arguments().values();
        return listings.whole(call.generation(), call.route(), filters, call.request(), style, limit, allowed(call));
    }

    private Results results(Generation generation) {
        return new Results(generation, brokerZone, failures);
    }

    /** For one listing: it learns what its rows are like. */
    private RowIterator.RowDecoder decoder(Prepared call) {
        Results results = results(call.generation());
        RowMaps maps = new RowMaps();
        return parser -> results.rows(call.operation(), call.route(), call.arguments(), maps.row(parser));
    }

    /** Generation 5 answers a changed configuration with 200 and nothing; generation 4 always has an envelope. */
    private static boolean emptyIsDone(Prepared call) {
        return call.operation().result() == ResultShape.ANY
                && call.generation() != Generation.V4
                && !call.request().method().equals("GET");
    }

    private Object json(Prepared call, ApiAnswer answer, boolean emptyIsDone)
            throws IOException, EmqxProtocolException {
        try (JsonParser parser = JSON.createParser(answer.body())) {
            if (parser.nextToken() == null) {
                if (answer.status() == 204 || emptyIsDone) {
                    return null;
                }
                throw failures.protocol(call.request(), answer.status(), "the answer is empty", null);
            }
            // answers of any shape are not like each other
            Object whole = call.operation().result() == ResultShape.ANY
                    ? JsonValues.at(parser)
                    : known.read(call.operation().fullName(), parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more comes behind its end");
            }
            return whole;
        }
    }

    private static List<Map<String, Object>> rows(Object body) {
        List<?> list = body instanceof List<?> several ? several : body == null ? List.of() : List.of(body);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object row : list) {
            Map<String, Object> fields = new LinkedHashMap<>();
            ((Map<?, ?>) row).forEach((name, value) -> fields.put(name.toString(), value));
            rows.add(fields);
        }
        return rows;
    }
}
