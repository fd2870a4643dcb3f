/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests through the camel-http component of the context: its TLS, proxy, pool and authentication options
 * apply, but an exchange is bounded in time and size, a redirect is never followed, nothing is sent twice, and no
 * header of a message goes along.
 */
public final class HttpTransport implements AutoCloseable {

    /**
     * What is no page of a listing is read into memory before anything is made of it. The largest such answer of the
     * recordings has 11 kB (v5 191), and the largest that {@code api:request} may well ask for is a page of 10 000 clients
     * with 11.2 MB (measured on 5.8.9).
     */
    static final long LARGEST_ANSWER = 16L * 1024 * 1024;

    /** A page is read row by row; of 10 000 clients it has 11.2 MB, and far more than that is no page of this API. */
    static final long LARGEST_PAGE = 128L * 1024 * 1024;

    /** The whole backup of a cluster, or the log of a trace: more than that is none of them. */
    static final long LARGEST_FILE = 4L * 1024 * 1024 * 1024;

    /** A file may take that many times as long as another exchange. */
    private static final int FILE_PATIENCE = 30;

    /** The deadline of the headers knows what to say, a socket does not. */
    private static final long AFTER_THE_DEADLINE = 1000;

    /** Reads an answer while it arrives. */
    interface AnswerReader<T> {
        T read(ApiAnswer answer) throws IOException, EmqxPlatformException;
    }

    /** Carries a failure through the HTTP client in a way that closes the connection. */
    private static final class Abandoned extends IOException {
        private final EmqxProtocolException failure;

        Abandoned(EmqxProtocolException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** Reads the answer of one exchange. */
    private static final class Reading<T> implements HttpClientResponseHandler<T> {
        private final long largest;
        private final AnswerReader<T> reader;
        private boolean answered;
        /** What the answer tells; its connection can be used again. */
        private EmqxPlatformException failure;

        Reading(long largest, AnswerReader<T> reader) {
            this.largest = largest;
            this.reader = reader;
        }

        @Override
        public T handleResponse(ClassicHttpResponse response) throws IOException {
            answered = true;
            HttpEntity entity = response.getEntity();
            long length = entity == null ? -1 : entity.getContentLength();
            InputStream body =
                    length < 0 ? body(response, largest) : new BoundedBody(entity.getContent(), largest, length);
            try {
                return reader.read(new ApiAnswer(response.getCode(), headers(response), body));
            } catch (EmqxProtocolException e) {
                // nobody knows what else is on that connection
                throw new Abandoned(e);
            } catch (EmqxPlatformException e) {
                failure = e;
                return null;
            }
        }
    }

    private final ApiAddress address;
    private final Credentials credentials;
    private final HttpHost target;
    private final URI origin;
    private final Header authorization;
    private final List<String> secrets;
    private final Pace pace;
    private final long responseTimeoutMillis;
    private final Deadlines deadlines;
    private final HttpEndpoint endpoint;
    private final HttpClient client;
    private volatile boolean closed;

    /**
     * @param context gives the camel-http component
     * @param address where requests go, and credentials with them
     * @param pace how many requests the deployment gets in a second, from all that call it
     * @param deadlines ends exchanges that take too long
     */
    public HttpTransport(
            CamelContext context,
            ApiAddress address,
            Credentials credentials,
            ConnectionSettings settings,
            Pace pace,
            Deadlines deadlines) {
        this.address = address;
        this.credentials = credentials;
        this.target = target(address);
        this.origin = URI.create(address.origin());
        this.authorization = new BasicHeader("Authorization", credentials.basic(), true);
        Stream<String> ofProxies = settings.http().entrySet().stream()
                .filter(option -> Secrets.named(option.getKey()))
                .map(option -> String.valueOf(option.getValue()));
        this.secrets = Stream.concat(credentials.secrets().stream(), ofProxies).toList();
        this.responseTimeoutMillis = settings.responseTimeout().toMillis();
        this.pace = pace;
        this.deadlines = deadlines;
        this.endpoint = endpoint(context, address, credentials, settings);
        this.client = endpoint.getHttpClient();
    }

    private static HttpEndpoint endpoint(
            CamelContext context, ApiAddress address, Credentials credentials, ConnectionSettings settings) {
        String response = String.valueOf(settings.responseTimeout().toMillis());
        Map<String, Object> options = new HashMap<>();
        options.put("connectTimeout", String.valueOf(settings.connectTimeout().toMillis()));
        options.put("connectionRequestTimeout", response);
        // deadlines see to it: with a timeout of the socket an answer takes four calls of the system instead of two
        options.put("soTimeout", "0");
        // no offer of TLS within plain HTTP: a broker need not know what to say to it
        options.put("httpClient.protocolUpgradeEnabled", "false");
        options.putAll(settings.http());
        if (settings.tls() != null && address.secure()) {
            options.put("sslContextParameters", settings.tls());
        }
        HttpComponent http = context.getComponent(address.scheme(), HttpComponent.class);
        try {
            // not registered in the context: it belongs to this transport, and ends with it
            HttpEndpoint endpoint = (HttpEndpoint) http.createEndpoint(address.origin(), options);
            endpoint.setCamelContext(context);
            // last, so that no option of camel-http switches them on again: credentials never follow a redirect
            endpoint.getClientBuilder()
                    .disableRedirectHandling()
                    .disableAutomaticRetries()
                    .disableCookieManagement()
                    // no exchange has a memory to keep answers to challenges in
                    .disableAuthCaching()
                    // a deployment has one identity: a connection that was opened with its certificate is everybody's
                    .disableConnectionState();
            TargetedRequest.sentBy(endpoint.getClientBuilder());
            showWhenAsked(endpoint.getClientBuilder(), address, credentials);
            ServiceHelper.startService(endpoint);
            return endpoint;
        } catch (Exception e) {
            throw new RuntimeCamelException("The camel-http endpoint for " + address.origin() + " cannot be made", e);
        }
    }

    /** What a deployment may quote of the credentials, and nobody may print. */
    List<String> secrets() {
        return secrets;
    }

    /** What waiting for turns has cost, over everything that calls the deployment. */
    Pace.Waits waits() {
        return pace.waits();
    }

    /** The connections as they are now. */
    Connections connections() {
        return new Connections(
                endpoint.getClientConnectionsPoolStatsLeased(),
                endpoint.getClientConnectionsPoolStatsAvailable(),
                endpoint.getClientConnectionsPoolStatsPending());
    }

    @Override
    public void close() {
        closed = true;
        ServiceHelper.stopAndShutdownService(endpoint);
    }

    /** The same for an answer that is no page. */
    <T> T exchange(ApiRequest request, AnswerReader<T> reader) throws EmqxPlatformException {
        return exchange(request, LARGEST_ANSWER, reader);
    }

    /**
     * Sends a request when its turn has come, for which it waits no longer than the response timeout, and reads its answer,
     * all within the response timeout (30 times of it where it sends a file).
     *
     * @param largest how many bytes the answer may have
     * @throws EmqxUnavailableException when no answer came
     * @throws EmqxProtocolException when the answer was cut short, too large or no HTTP
     * @throws EmqxPlatformException what the reader throws
     */
    <T> T exchange(ApiRequest request, long largest, AnswerReader<T> reader) throws EmqxPlatformException {
        HttpUriRequestBase http = http(request);
        pace.take(request, Duration.ofMillis(responseTimeoutMillis));
        boolean sendsFile = request.body() instanceof RequestBody.Form;
        if (sendsFile) {
            // a broker answers when it has the whole file
            allowSilence(http, fileTimeoutMillis());
        }
        Deadline deadline = begin(request, sendsFile ? fileTimeoutMillis() : responseTimeoutMillis, http);
        Reading<T> reading = new Reading<>(largest, reader);
        T value;
        try {
            value = client.execute(target, http, HttpClientContext.create(), reading);
        } catch (IllegalStateException e) {
            throw ended(request, e, deadline);
        } catch (Abandoned e) {
            forsakeIdleConnections();
            throw e.failure;
        } catch (IOException e) {
            if (reading.answered) {
                forsakeIdleConnections();
            }
            throw failure(request, e, deadline, reading.answered);
        } finally {
            deadline.met();
        }
        if (reading.failure != null) {
            throw reading.failure;
        }
        return value;
    }

    /**
     * Sends a request whose answer may be a file. The headers must come within the response timeout, the rest within 30
     * times of it.
     *
     * @param reader reads the body to its end, hands it on (a {@link Download}), or throws
     * @throws EmqxPlatformException like {@link #exchange}
     */
    <T> T open(ApiRequest request, AnswerReader<T> reader) throws EmqxPlatformException {
        HttpUriRequestBase http = http(request);
        if (client instanceof Configurable configured && configured.getConfig().getResponseTimeout() == null) {
            // a file that stops coming is not waited for as long as a whole one may take, unless http.responseTimeout
            // says so
            allowSilence(http, responseTimeoutMillis + AFTER_THE_DEADLINE);
        }
        pace.take(request, Duration.ofMillis(responseTimeoutMillis));
        Deadline headers = begin(request, responseTimeoutMillis, http);
        Deadline whole = begin(request, fileTimeoutMillis(), http);
        Download body = null;
        boolean read = false;
        try {
            ClassicHttpResponse response = client.executeOpen(target, http, HttpClientContext.create());
            headers.met();
            body = new Download(request.operation(), body(response, LARGEST_FILE), whole, http);
            T result = reader.read(new ApiAnswer(response.getCode(), headers(response), body));
            read = true;
            return result;
        } catch (IllegalStateException e) {
            throw ended(request, e, headers.passed() ? headers : whole);
        } catch (Download.BrokenOff e) {
            throw failure(request, e.reason(), headers.passed() ? headers : whole, true);
        } catch (IOException e) {
            throw failure(request, e, headers.passed() ? headers : whole, body != null);
        } finally {
            headers.met();
            if (body == null) {
                whole.met();
            } else if (!read) {
                body.close();
                forsakeIdleConnections();
            }
        }
    }

    /** A socket that has served a file keeps its bound, which is later than the deadline of any other exchange. */
    private void allowSilence(HttpUriRequestBase http, long millis) {
        if (client instanceof Configurable configured) {
            http.setConfig(RequestConfig.copy(configured.getConfig())
                    .setResponseTimeout(Timeout.ofMilliseconds(millis))
                    .build());
        }
    }

    /**
     * The connection of an answer that makes no sense is among them when the answer was read to the end that its headers
     * announced: what comes behind that would be taken for the next answer.
     */
    private void forsakeIdleConnections() {
        if (endpoint.getClientConnectionManager() instanceof ConnPoolControl<?> pool) {
            pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
        }
    }

    private Deadline begin(ApiRequest request, long millis, HttpUriRequestBase http) throws EmqxUnavailableException {
        try {
            return deadlines.begin(millis, http);
        } catch (RejectedExecutionException e) {
            throw stopped(request, e);
        }
    }

    private static HttpHost target(ApiAddress address) {
        return new HttpHost(address.scheme(), address.host(), address.port());
    }

    private long fileTimeoutMillis() {
        return FILE_PATIENCE * responseTimeoutMillis;
    }

    private HttpUriRequestBase http(ApiRequest request) throws EmqxInvalidRequestException {
        // the target is encoded already: as part of a URI it would be taken apart and put together once more
        HttpUriRequestBase http;
        if (credentials.method() == Credentials.Method.DIGEST) {
            http = new HttpUriRequestBase(request.method(), origin);
            http.setPath(request.target());
        } else {
            http = new TargetedRequest(request.method(), origin, request.target());
        }
        http.setHeader("Accept", request.accept());
        if (credentials.method() == Credentials.Method.BASIC) {
            http.setHeader(authorization);
        }
        if (request.body() != null) {
            HttpEntity entity = request.body().entity();
            if (credentials.method() == Credentials.Method.DIGEST && !entity.isRepeatable()) {
                throw new EmqxInvalidRequestException(
                        Failures.details(
                                request,
                                0,
                                null,
                                "a stream can be sent only once, which authMethod=digest does twice: give a file or"
                                        + " bytes, or switch stream caching on"),
                        null);
            }
            http.setEntity(entity);
        }
        return http;
    }

    /** Adds the key for Digest to what the client may tell whom, such as the password of a proxy. */
    private static void showWhenAsked(HttpClientBuilder builder, ApiAddress address, Credentials credentials) {
        if (credentials.method() != Credentials.Method.DIGEST) {
            return;
        }
        BasicCredentialsProvider key = new BasicCredentialsProvider();
        key.setCredentials(
                // for no other scheme: a server that wants Basic does not get the secret in clear text
                new AuthScope(target(address), null, StandardAuthScheme.DIGEST),
                new UsernamePasswordCredentials(
                        credentials.id(), credentials.secret().toCharArray()));
        builder.addRequestInterceptorFirst((request, body, exchange) -> {
            HttpClientContext context = HttpClientContext.cast(exchange);
            CredentialsProvider others = context.getCredentialsProvider();
            context.setCredentialsProvider((scope, now) -> {
                org.apache.hc.client5.http.auth.Credentials told = key.getCredentials(scope, now);
                return told != null || others == null ? told : others.getCredentials(scope, now);
            });
        });
    }

    private static InputStream body(ClassicHttpResponse response, long bound) throws IOException {
        InputStream content =
                response.getEntity() == null ? null : response.getEntity().getContent();
        return content == null ? InputStream.nullInputStream() : new BoundedBody(content, bound);
    }

    private static UnaryOperator<String> headers(ClassicHttpResponse response) {
        return name -> {
            Header header = response.getFirstHeader(name);
            return header == null ? null : header.getValue();
        };
    }

    /** What the HTTP client says of a request that is ended between two of its steps, and after its own end. */
    private EmqxPlatformException ended(ApiRequest request, IllegalStateException e, Deadline deadline) {
        if (closed) {
            return stopped(request, e);
        }
        if (deadline.passed()) {
            return failure(request, new IOException(e), deadline, false);
        }
        throw e;
    }

    private EmqxUnavailableException stopped(ApiRequest request, RuntimeException e) {
        String words = "the component has stopped, and with it its connections to " + address.origin();
        return new EmqxUnavailableException(Failures.details(request, 0, null, words), false, e);
    }

    private EmqxPlatformException failure(ApiRequest request, IOException e, Deadline deadline, boolean answered) {
        // what a server sends instead of HTTP may quote the request, and is quoted itself
        IOException cause = new Secrets(request.secrets()).asCause(e);
        if (deadline.passed()) {
            String words = "no complete answer from " + address.origin() + " within " + deadline.millis() + " ms";
            return new EmqxUnavailableException(Failures.details(request, 0, null, words), cause);
        }
        if (e instanceof Upload.Unreadable) {
            return new EmqxInvalidRequestException(Failures.details(request, 0, null, e.getMessage()), cause);
        }
        if (e instanceof BoundedNumbers.OutOfBounds tooMuch) {
            return protocol(request, tooMuch.getOriginalMessage(), cause);
        }
        if (e instanceof JsonProcessingException notJson) {
            return protocol(request, "the answer is not JSON, or cut short: " + notJson.getOriginalMessage(), cause);
        }
        if (e instanceof CharConversionException) {
            return protocol(request, "the answer is not JSON: " + e.getMessage(), cause);
        }
        boolean cutShort = e instanceof ConnectionClosedException
                || e instanceof MalformedChunkCodingException
                || e instanceof EOFException
                || e instanceof ZipException;
        if (answered && cutShort) {
            boolean maybeWholeNextTime = !(e instanceof ZipException);
            return new EmqxProtocolException(
                    Failures.details(request, 0, null, "the answer is cut short: " + e.getMessage()),
                    maybeWholeNextTime,
                    cause);
        }
        if (e instanceof BoundedBody.TooLarge || e instanceof ClientProtocolException) {
            return protocol(request, e.getMessage(), cause);
        }
        if (!answered && isRefusal(e)) {
            String words =
                    "no TLS connection to " + address.origin() + " (option sslContextParameters): " + e.getMessage();
            return new EmqxUnavailableException(Failures.details(request, 0, null, words), false, cause);
        }
        return new EmqxUnavailableException(
                Failures.details(request, 0, null, "no answer from " + address.origin() + ": " + e.getMessage()),
                cause);
    }

    /**
     * Whether one side did not accept the other: a certificate that is not trusted, is over or is another host's, or that is
     * missing. That does not pass by itself; a handshake that was only broken off may.
     */
    private static boolean isRefusal(IOException e) {
        return e instanceof SSLException && !(e.getCause() instanceof IOException);
    }

    private static EmqxProtocolException protocol(ApiRequest request, String message, IOException cause) {
        return new EmqxProtocolException(Failures.details(request, 0, null, message), cause);
    }
}
