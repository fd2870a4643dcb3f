/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.client.ApiAddress;
import io.github.camelemqx.platform.client.ApiKind;
import io.github.camelemqx.platform.client.ConnectionSettings;
import io.github.camelemqx.platform.client.Credentials;
import io.github.camelemqx.platform.client.Deadlines;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.Download;
import io.github.camelemqx.platform.client.HttpTransport;
import io.github.camelemqx.platform.client.Pace;
import io.github.camelemqx.platform.client.Pauses;
import io.github.camelemqx.platform.client.StatusWait;
import io.github.camelemqx.platform.health.WatchStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.StreamCachingStrategy;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.PropertiesHelper;

/**
 * The EMQX Platform in Camel: {@code emqx-platform:RESOURCE}. Endpoints with the same connection share one
 * {@link Deployment}, and with it one pool.
 */
@Component("emqx-platform")
public class EmqxPlatformComponent extends HealthCheckComponent implements SSLContextParametersAware {

    /** A test holds them to those that Camel's generator has marked. */
    private static final String SECRET_OPTIONS = "appSecret,platformSecret";

    /** What makes two endpoints use the same connections. */
    private record Connection(
            ApiAddress address,
            Credentials credentials,
            Generation generation,
            ZoneId zone,
            ConnectionSettings settings) {}

    private final Catalog catalog;
    private final DeploymentChecks checks = new DeploymentChecks(this);
    private final ReentrantLock connecting = new ReentrantLock();
    private final Map<Connection, Deployment> deployments = new HashMap<>();
    private final Set<EmqxPlatformConsumer> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Pace> paces = new HashMap<>();
    private final Set<Pauses> pauses = ConcurrentHashMap.newKeySet();
    private final LifecycleStrategy stopping = new LifecycleStrategySupport() {
        @Override
        public void onContextStopping(CamelContext context) {
            // Camel stops producers last, when exchanges that are under way have had their time
            pauses.forEach(Pauses::end);
        }
    };
    private ScheduledExecutorService timer;
    private Deadlines deadlines;
    private Duration shortestLook = StatusWait.SHORTEST_INTERVAL;
    private Clock clock = Clock.systemUTC();

    @Metadata(description = "The connection that endpoints have unless they say otherwise.")
    private EmqxPlatformConfiguration configuration = new EmqxPlatformConfiguration();

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether the context's global SSL parameters serve endpoints without sslContextParameters.")
    private boolean useGlobalSslContextParameters;

    /** For Camel. */
    public EmqxPlatformComponent() {
        this(null);
    }

    /** For a context. */
    public EmqxPlatformComponent(CamelContext context) {
        this(context, Catalog.load());
    }

    /** With other things to call. */
    EmqxPlatformComponent(CamelContext context, Catalog catalog) {
        super(context);
        this.catalog = catalog;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        neverPrintSecrets(getCamelContext().getCamelContextExtension());
        neverCacheDownloads(getCamelContext().getStreamCachingStrategy());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getCamelContext().addLifecycleStrategy(stopping);
    }

    /** Camel knows by their names what it must not print of the properties of an application; ours are not among them. */
    private static void neverPrintSecrets(ExtendedCamelContext context) {
        String others = context.getAdditionalSensitiveKeywords();
        if (others == null || others.isBlank()) {
            context.setAdditionalSensitiveKeywords(SECRET_OPTIONS);
        } else if (!others.contains(SECRET_OPTIONS)) {
            context.setAdditionalSensitiveKeywords(others + "," + SECRET_OPTIONS);
        }
    }

    /** Caching would put a file of any size into memory before the next step of a route sees it. */
    private static void neverCacheDownloads(StreamCachingStrategy caching) {
        Set<Class<?>> denied = new LinkedHashSet<>();
        if (caching.getDenyClasses() != null) {
            denied.addAll(caching.getDenyClasses());
        }
        denied.add(Download.class);
        caching.setDenyClasses(denied.toArray(Class<?>[]::new));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EmqxPlatformConfiguration copy = configuration.copy();
        Map<String, Object> http = new TreeMap<>();
        if (copy.getHttpOptions() != null) {
            http.putAll(copy.getHttpOptions());
        }
        http.putAll(PropertiesHelper.extractProperties(parameters, "http."));
        copy.setHttpOptions(http);
        boolean globalTls = getAndRemoveParameter(
                parameters, "useGlobalSslContextParameters", boolean.class, useGlobalSslContextParameters);

        EmqxPlatformEndpoint endpoint = new EmqxPlatformEndpoint(uri, this, catalog.resource(remaining), copy);
        endpoint.takeKey();
        endpoint.setUseGlobalSslContextParameters(globalTls);
        endpoint.setParameters(PropertiesHelper.extractProperties(parameters, "param."));
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    /** What is behind a connection, a deployment or the account, made when it is first asked for. */
    Deployment deployment(EmqxPlatformConfiguration wanted, ApiKind kind, boolean globalTls) {
        Connection connection = new Connection(
                wanted.address(kind),
                wanted.credentials(kind),
                wanted.generation(kind),
                wanted.zone(),
                wanted.settings(globalTls ? getCamelContext().getSSLContextParameters() : null));
        connecting.lock();
        try {
            Pace pace = pace(connection.address(), wanted.pace(connection.address()));
            return deployments.computeIfAbsent(connection, missing -> connect(missing, pace));
        } finally {
            connecting.unlock();
        }
    }

    /** One for everything that calls a deployment, whatever its other options are. */
    private Pace pace(ApiAddress address, int requestsPerSecond) {
        Pace pace = paces.computeIfAbsent(address.origin(), origin -> new Pace(requestsPerSecond));
        if (pace.requestsPerSecond() != requestsPerSecond) {
            throw new IllegalArgumentException("Option requestsPerSecond is " + requestsPerSecond
                    + ", but other endpoints share the limit of " + address.origin() + " and have "
                    + pace.requestsPerSecond() + ": give it once, to the component");
        }
        return pace;
    }

    private Deployment connect(Connection connection, Pace pace) {
        if (timer == null) {
            timer = getCamelContext()
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "EmqxPlatformDeadlines");
            deadlines = new Deadlines(timer);
        }
        HttpTransport transport = new HttpTransport(
                getCamelContext(),
                connection.address(),
                connection.credentials(),
                connection.settings(),
                pace,
                deadlines);
        return new Deployment(
                transport,
                connection.address().path(),
                connection.generation(),
                connection.zone(),
                catalog.resultCodes());
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        getCamelContext().getLifecycleStrategies().remove(stopping);
        connecting.lock();
        try {
            deployments.values().forEach(Deployment::close);
            deployments.clear();
            paces.clear();
            if (timer != null) {
                getCamelContext().getExecutorServiceManager().shutdownNow(timer);
                timer = null;
            }
        } finally {
            connecting.unlock();
        }
    }

    /** There may be calls that wait, until the context stops. */
    void begins(Pauses some) {
        pauses.add(some);
    }

    /** There are none any more. */
    void ends(Pauses some) {
        pauses.remove(some);
    }

    /** Of the deployments that producers call. */
    DeploymentChecks checks() {
        return checks;
    }

    /** A watch begins to poll. */
    void started(EmqxPlatformConsumer watch) {
        running.add(watch);
    }

    /** A watch polls no more. */
    void stopped(EmqxPlatformConsumer watch) {
        running.remove(watch);
    }

    /** How the watches are that run now, in no order. */
    public List<WatchStatus> watches() {
        return running.stream().map(EmqxPlatformConsumer::status).toList();
    }

    /** The shortest time between two looks of a wait (option {@code waitFor}). */
    Duration shortestLook() {
        return shortestLook;
    }

    /** For tests, whose deployments start faster than real ones. */
    void setShortestLook(Duration shortestLook) {
        this.shortestLook = shortestLook;
    }

    /** Tells the time to watches. */
    Clock clock() {
        return clock;
    }

    /** For tests, which do not wait until a node has been away for minutes. */
    void setClock(Clock clock) {
        this.clock = clock;
    }

    /** What can be called. */
    Catalog catalog() {
        return catalog;
    }

    public EmqxPlatformConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(EmqxPlatformConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
