/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.camelemqx.platform.catalog.Names;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.ApiKind;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.client.Pauses;
import io.github.camelemqx.platform.client.StatusWait;
import io.github.camelemqx.platform.watch.StateStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;

/**
 * Call the REST API of EMQX Platform deployments, and watch clients, metrics and other resources for changes.
 *
 * <p>One resource of a deployment or of the account; which one, and what can be done with it, the catalogue knows.
 */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "emqx-platform",
        title = "EMQX Platform",
        syntax = "emqx-platform:resource",
        category = {Category.IOT, Category.MESSAGING, Category.MONITORING},
        headersClass = EmqxPlatformConstants.class)
public class EmqxPlatformEndpoint extends ScheduledPollEndpoint implements EndpointServiceLocation {

    /** Bodies of users: their POJOs may hold times. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** A broker has better things to do than to be listed twice a second, which is Camel's own default. */
    private static final long DELAY = 5000;

    private final Resource catalogued;
    private final LastingWatch lastingWatch = new LastingWatch();

    @UriPath(
            description =
                    "The resource to call or to watch, such as clients, users, messages or metrics. An unknown one"
                            + " fails at start with the names of those that there are.")
    @Metadata(required = true)
    private String resource;

    @UriParam
    private EmqxPlatformConfiguration configuration;

    @UriParam(
            label = "security",
            defaultValue = "false",
            description = "Whether the context's global SSL parameters serve this endpoint if it has no"
                    + " sslContextParameters.")
    private boolean useGlobalSslContextParameters;

    @UriParam(
            label = "producer",
            description =
                    "The operation of the resource to call, such as list, get or kick. One that the resource lacks"
                            + " fails at start with the names of those that it has.")
    private String operation;

    @UriParam(
            label = "common",
            description =
                    "The client id of the call, unless the message has a header for it; a watch whose listing takes"
                            + " one then sees only that client.")
    private String clientId;

    @UriParam(
            label = "common",
            description = "The user name of the call (the user's id in the resource users), unless the message has a"
                    + " header for it; a watch whose listing takes one then sees only that user.")
    private String username;

    @UriParam(
            label = "common",
            description = "The topic or topic filter of the call, unless the message has a header for it; a watch whose"
                    + " listing takes one then sees only that topic.")
    private String topic;

    @UriParam(
            label = "common",
            description = "The node of the call, unless the message has a header for it; a watch"
                    + " then sees only that node.")
    private String node;

    @UriParam(
            label = "common",
            description = "The id of the call, unless the message has a header for it; a watch of certificates needs it"
                    + " to know the deployment.")
    private String id;

    @UriParam(
            label = "common",
            prefix = "param.",
            multiValue = true,
            description = "Any parameter of the operation by the API's name (generation 5's for resources that both"
                    + " generations have), such as param.qos=1; for a watch, filters of its listing. An unknown one, or"
                    + " one of a wrong type, fails at start.")
    private Map<String, Object> parameters;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description = "Whether a call for something that is not there fails with EmqxNotFoundException. false: the"
                    + " body becomes null and the headers tell the status and the code.")
    private boolean failOnNotFound = true;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description = "Whether a bulk call of which items failed fails with EmqxPartialFailureException. false: the"
                    + " body is the list of all outcomes, failed ones with success=false, code and message.")
    private boolean failOnPartialFailure = true;

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description =
                    "Whether the header CamelEmqxPlatformOperation may choose the operation, and a message the method"
                            + " and path of api:request. Whoever can set headers of the message can then do anything to the resource that the key may do.")
    private boolean allowOperationHeader;

    @UriParam(
            label = "common",
            defaultValue = "1000",
            description = "The most rows of a page of a listing. Larger pages mean fewer requests and longer ones;"
                    + " generation 5 refuses more than 10000 (1000 before 5.5).")
    private int pageSize = 1000;

    @UriParam(
            label = "advanced",
            enums = "auto,plain,underscore",
            defaultValue = "auto",
            description =
                    "How a listing is read. auto: by cursor where the deployment offers one (clients of generation 5.7 and"
                            + " newer, with neither param.fields nor node), otherwise by page number, named as the generation has"
                            + " it; plain: by page number, page and limit; underscore: by page number, _page and _limit. By"
                            + " cursor each client that stays is listed exactly once. By page number every page is a new listing"
                            + " that skips the pages before: rows that move while others come and go are missed or listed twice,"
                            + " and late pages cost more. A wrong name fails as soon as a second page is wanted.")
    private String pagingStyle = "auto";

    @UriParam(
            label = "producer",
            enums = "all,stream,page",
            defaultValue = "all",
            description =
                    "What a listing brings. all: a List of all rows, all in memory, begun anew when the cluster changes"
                            + " under a listing by cursor; stream: an Iterator that fetches page after page as it is consumed, and"
                            + " fails (retryable) when the cluster changes under a listing by cursor; page: the one page that"
                            + " param.page names, always by page number, with headers about the others.")
    private String paging = "all";

    @UriParam(
            label = "producer",
            enums = "running,stopped",
            description = "The status to wait for after a call of deployments:start, stop, create or get has succeeded:"
                    + " running or stopped. The body is then the deployment as last seen. A deployment that failed ends"
                    + " the wait with EmqxServerException. The looks (deployments:get) are spread so that the API's limit"
                    + " of 60 in 60 minutes allows them.")
    private String waitFor;

    @UriParam(
            label = "producer",
            defaultValue = "900000",
            javaType = "java.time.Duration",
            description = "The longest time to wait for the status of waitFor. After it the call fails with"
                    + " EmqxUnavailableException, which tells the last status; the deployment goes on.")
    private long waitTimeout = 900000;

    @UriParam(
            label = "consumer",
            description = "The types of events to emit, separated by commas, such as connected,disconnected. All unless"
                    + " given; others are seen but not emitted.")
    private String events;

    @UriParam(
            label = "consumer",
            description = "The fields of a row whose change is an event updated, separated by commas; they and what"
                    + " identifies the row are all that an event carries. Each costs memory for each row. For clients"
                    + " username,ip_address,proto_ver,keepalive unless given.")
    private String watchFields;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether the first poll emits what is there already as new. false: it only notes it, and events"
                            + " begin with the second poll.")
    private boolean emitInitial;

    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description =
                    "Whether a row that is missing from a listing is looked for a second time, by its own id or in a second"
                            + " listing, before it is reported as gone. A listing misses up to 3 of 100 rows that are just"
                            + " moving: false reports those as gone.")
    private boolean confirmRemovals = true;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "10000",
            javaType = "java.time.Duration",
            description =
                    "How long a node must be back before clients that are missing on it are reported as disconnected, and other"
                            + " rows as deleted. Clients that reconnect to it within this time are reported as reconnected"
                            + " instead.")
    private long nodeGrace = 10000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "300000",
            javaType = "java.time.Duration",
            description = "How long clients of a node that is not running stay unreachable before they are reported as"
                    + " disconnected (reason node-lost), and how long other rows of it are kept before they are reported as"
                    + " deleted. A node cut off from the others still serves its clients.")
    private long nodeLossTimeout = 300000;

    @UriParam(
            label = "consumer",
            description = "The metrics or stats to watch, separated by commas: names such as client.connected,"
                    + " beginnings of names followed by an asterisk, or regular expressions. All unless given.")
    private String metricNames;

    @UriParam(
            label = "consumer",
            defaultValue = "1",
            description =
                    "The least change of a metric or stat, up or down, since its last event that is an event again."
                            + " Smaller changes add up until they are that much.")
    private long minDelta = 1;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether the changes of metrics or stats of one poll come together. false: one exchange a metric;"
                            + " true: one exchange a poll with a List of MetricChange in the order of names, delivered again as a"
                            + " whole.")
    private boolean batch;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Where the watch keeps what it has seen: a bean, such as a FileStateStore or a JdbcStateStore, which"
                            + " after a restart let the first poll report what changed in between. In memory unless given:"
                            + " after a restart the first poll begins anew.")
    private StateStore stateStore;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "What names the watch in its stateStore; the address, the resource and its filters unless given. With"
                            + " a key of its own a watch goes on where it was when other options of its URI change. Two"
                            + " watches with one key in one store overwrite each other, and lose events: give each its own."
                            + " A key whose state is of another deployment, resource or filter is refused at start.")
    private String stateKey;

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description =
                    "The most events that one poll delivers, 0 for no limit. The others wait for the next poll; their"
                            + " rows are not compared again before.")
    private int maxMessagesPerPoll;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "5000",
            javaType = "java.time.Duration",
            description = "The time between two polls: 5 seconds unless given, 2 minutes for resources of the account"
                    + " (deployments, certificates, projects), whose API allows few calls. Each poll lists the whole"
                    + " resource: what happens and is undone between two polls is not seen. A delay that would break a"
                    + " limit of the API is refused at start.")
    private long delay;

    EmqxPlatformEndpoint(
            String uri, EmqxPlatformComponent component, Resource catalogued, EmqxPlatformConfiguration configuration) {
        super(uri, component);
        this.catalogued = catalogued;
        this.resource = catalogued.name();
        this.configuration = configuration;
        this.delay = catalogued
                .watchable()
                .map(Watchable::delay)
                .map(Duration::toMillis)
                .orElse(DELAY);
        super.setDelay(delay);
    }

    /**
     * Takes the key that the component has now, unless the endpoint has one of its own: it may have been changed since the
     * endpoint was made. A route does so when it starts.
     */
    void takeKey() {
        configuration.takeKey(getComponent().getConfiguration(), getCamelContext()::resolvePropertyPlaceholders);
    }

    /** Checks all that can be known before anything runs. */
    void check() {
        configuration.address(api());
        configuration.credentials(api());
        configuration.generation(api());
        configuration.zone();
        configuration.pace(configuration.address(api()));
        configuration.settings(null);
        configuration.retries(new Pauses());
        pagingStyle();
        paging();
        if (pageSize < 1) {
            throw new IllegalArgumentException("Option pageSize must be at least 1, not " + pageSize);
        }
        EmqxPlatformConfiguration.positive("waitTimeout", waitTimeout);
        if (operation != null) {
            checkWait(catalogued.operation(operation));
        } else if (waitFor != null && waitables().isEmpty()) {
            throw new IllegalArgumentException(
                    "Option waitFor is for calls of what takes a while: " + resource + " has nothing of the kind");
        }
    }

    /**
     * Checks that what the option {@code waitFor} says can come of an operation.
     *
     * @throws IllegalArgumentException saying what can be waited for
     */
    void checkWait(Operation called) {
        if (waitFor == null) {
            return;
        }
        if (called.waitable() == null) {
            throw new IllegalArgumentException("Option waitFor makes no sense for " + called.fullName()
                    + (waitables().isEmpty()
                            ? ": it is for calls of what takes a while"
                            : ". The operations of " + resource + " that can be waited for are: "
                                    + Names.nearestFirst(called.name(), waitables())));
        }
        if (!called.waitable().wanted().contains(waitFor)) {
            throw new IllegalArgumentException("Option waitFor of " + called.fullName() + " must be one of "
                    + Names.nearestFirst(waitFor, called.waitable().wanted()) + ", not '" + waitFor + "'");
        }
    }

    private List<String> waitables() {
        return catalogued.operations().values().stream()
                .filter(other -> other.waitable() != null)
                .map(Operation::name)
                .toList();
    }

    /** Which API the resource belongs to, and with it the options that say where it is. */
    private ApiKind api() {
        return catalogued.ofAccount() ? ApiKind.PLATFORM : ApiKind.DEPLOYMENT;
    }

    @Override
    public Producer createProducer() {
        if (operation == null && !allowOperationHeader) {
            throw new IllegalArgumentException("Option operation is missing. The operations of " + resource + " are: "
                    + String.join(", ", catalogued.operations().keySet()));
        }
        if (operation != null) {
            check(catalogued.operation(operation));
        }
        return new EmqxPlatformProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        WatchOptions watch = WatchOptions.of(this);
        EmqxPlatformConsumer consumer = new EmqxPlatformConsumer(
                this, processor, watch.watchable(), () -> lastingWatch.open(watch.terms(), watch::open));
        consumer.setMaxMessagesPerPoll(maxMessagesPerPoll);
        configureConsumer(consumer);
        return consumer;
    }

    /** The deployment, or the account, behind the endpoint, shared with all endpoints of the same connection. */
    Deployment deployment() {
        return getComponent().deployment(configuration, api(), useGlobalSslContextParameters);
    }

    /** Whether health checks may ask what is behind the endpoint: the Platform API counts its calls, 60 in 60 minutes. */
    boolean isAskedForHealth() {
        return api() == ApiKind.DEPLOYMENT;
    }

    MessageArguments messageArguments() {
        return new MessageArguments(callOptions().values(), allowOperationHeader, JSON);
    }

    PagingStyle pagingStyle() {
        String style =
                EmqxPlatformConfiguration.oneOf("pagingStyle", pagingStyle, List.of("auto", "plain", "underscore"));
        return PagingStyle.valueOf(style.toUpperCase(Locale.ROOT));
    }

    String paging() {
        return EmqxPlatformConfiguration.oneOf("paging", paging, List.of("all", "stream", "page"));
    }

    /** What waits after calls. */
    StatusWait statusWait(Pauses pauses) {
        return new StatusWait(Duration.ofMillis(waitTimeout), getComponent().shortestLook(), pauses);
    }

    Resource catalogued() {
        return catalogued;
    }

    /** The options that are parameters of calls. */
    CallOptions callOptions() {
        Map<String, Object> values = new LinkedHashMap<>();
        if (parameters != null) {
            values.putAll(parameters);
        }
        Map<String, String> named = new LinkedHashMap<>();
        named.put("clientid", clientId);
        named.put("username", username);
        named.put("topic", topic);
        named.put("node", node);
        named.put("id", id);
        named.values().removeIf(Objects::isNull);
        values.putAll(named);
        return new CallOptions(values);
    }

    /** Checks that the options go with an operation, as far as the generation is known. */
    void check(Operation called) {
        CallOptions options = callOptions();
        options.checked(called);
        if (!allowOperationHeader) {
            options.steered(called);
        }
        deployment().knownGeneration().ifPresent(generation -> options.check(catalogued, called, generation));
    }

    @Override
    public EmqxPlatformComponent getComponent() {
        return (EmqxPlatformComponent) super.getComponent();
    }

    @Override
    public String getServiceUrl() {
        return configuration.address(api()).toString();
    }

    @Override
    public String getServiceProtocol() {
        return "emqx-platform";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of("resource", resource);
    }

    public String getResource() {
        return resource;
    }

    public void setResource(String resource) {
        this.resource = resource;
    }

    public EmqxPlatformConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(EmqxPlatformConfiguration configuration) {
        this.configuration = configuration;
    }

    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public String getNode() {
        return node;
    }

    public void setNode(String node) {
        this.node = node;
    }

    /** The option {@code id}; {@link #getId()} is Camel's own id of the endpoint. */
    public void setId(String id) {
        this.id = id;
    }

    public Map<String, Object> getParameters() {
        return parameters;
    }

    public void setParameters(Map<String, Object> parameters) {
        this.parameters = parameters;
    }

    public boolean isFailOnNotFound() {
        return failOnNotFound;
    }

    public void setFailOnNotFound(boolean failOnNotFound) {
        this.failOnNotFound = failOnNotFound;
    }

    public boolean isFailOnPartialFailure() {
        return failOnPartialFailure;
    }

    public void setFailOnPartialFailure(boolean failOnPartialFailure) {
        this.failOnPartialFailure = failOnPartialFailure;
    }

    public boolean isAllowOperationHeader() {
        return allowOperationHeader;
    }

    public void setAllowOperationHeader(boolean allowOperationHeader) {
        this.allowOperationHeader = allowOperationHeader;
    }

    public int getPageSize() {
        return pageSize;
    }

    public void setPageSize(int pageSize) {
        this.pageSize = pageSize;
    }

    public String getPagingStyle() {
        return pagingStyle;
    }

    public void setPagingStyle(String pagingStyle) {
        this.pagingStyle = pagingStyle;
    }

    public String getPaging() {
        return paging;
    }

    public void setPaging(String paging) {
        this.paging = paging;
    }

    public String getWaitFor() {
        return waitFor;
    }

    public void setWaitFor(String waitFor) {
        this.waitFor = waitFor;
    }

    public long getWaitTimeout() {
        return waitTimeout;
    }

    public void setWaitTimeout(long waitTimeout) {
        this.waitTimeout = waitTimeout;
    }

    public String getEvents() {
        return events;
    }

    public void setEvents(String events) {
        this.events = events;
    }

    public String getWatchFields() {
        return watchFields;
    }

    public void setWatchFields(String watchFields) {
        this.watchFields = watchFields;
    }

    public boolean isEmitInitial() {
        return emitInitial;
    }

    public void setEmitInitial(boolean emitInitial) {
        this.emitInitial = emitInitial;
    }

    public boolean isConfirmRemovals() {
        return confirmRemovals;
    }

    public void setConfirmRemovals(boolean confirmRemovals) {
        this.confirmRemovals = confirmRemovals;
    }

    public long getNodeGrace() {
        return nodeGrace;
    }

    public void setNodeGrace(long nodeGrace) {
        this.nodeGrace = nodeGrace;
    }

    public long getNodeLossTimeout() {
        return nodeLossTimeout;
    }

    public void setNodeLossTimeout(long nodeLossTimeout) {
        this.nodeLossTimeout = nodeLossTimeout;
    }

    public String getMetricNames() {
        return metricNames;
    }

    public void setMetricNames(String metricNames) {
        this.metricNames = metricNames;
    }

    public long getMinDelta() {
        return minDelta;
    }

    public void setMinDelta(long minDelta) {
        this.minDelta = minDelta;
    }

    public boolean isBatch() {
        return batch;
    }

    public void setBatch(boolean batch) {
        this.batch = batch;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        this.delay = delay;
        super.setDelay(delay);
    }

    public StateStore getStateStore() {
        return stateStore;
    }

    public void setStateStore(StateStore stateStore) {
        this.stateStore = stateStore;
    }

    public String getStateKey() {
        return stateKey;
    }

    public void setStateKey(String stateKey) {
        this.stateKey = stateKey;
    }
}
