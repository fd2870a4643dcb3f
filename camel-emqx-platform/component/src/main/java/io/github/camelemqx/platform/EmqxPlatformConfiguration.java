/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Names;
import io.github.camelemqx.platform.client.ApiAddress;
import io.github.camelemqx.platform.client.ApiKind;
import io.github.camelemqx.platform.client.ConnectionSettings;
import io.github.camelemqx.platform.client.Credentials;
import io.github.camelemqx.platform.client.Pace;
import io.github.camelemqx.platform.client.Pauses;
import io.github.camelemqx.platform.client.Retries;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The connection to a deployment, and that to the account: what can be said once for a component, and otherwise for an endpoint. */
@UriParams
public class EmqxPlatformConfiguration implements Cloneable {

    @UriParam(
            label = "common",
            description = "The API address of the deployment as its console shows it, such as https://HOST:8443/api/v5"
                    + " (generation 5) or https://HOST:8443/api (generation 4). Must be https:// unless the host is"
                    + " this machine or allowInsecureHttp is set.")
    private String apiUrl;

    @UriParam(
            label = "security",
            description = "The App ID of the deployment's API key. Sent to apiUrl only; an endpoint for a resource of"
                    + " a deployment fails to start without it.")
    private String appId;

    @UriParam(
            label = "security",
            secret = true,
            description = "The App Secret of the deployment's API key. Never printed, and sent to apiUrl only; an"
                    + " endpoint for a resource of a deployment fails to start without it.")
    private String appSecret;

    @UriParam(
            label = "common",
            description = "The address of the Platform API, such as https://HOST/public_api/v1, for the resources"
                    + " projects, deployments and certificates; no other goes there. Must be https:// unless the host is"
                    + " this machine or allowInsecureHttp is set.")
    private String platformApiUrl;

    @UriParam(
            label = "security",
            description = "The Platform API key of the account, never a deployment's. Sent to platformApiUrl only; an"
                    + " endpoint for projects, deployments or certificates without it fails to start.")
    private String platformKey;

    @UriParam(
            label = "security",
            secret = true,
            description = "The secret of the Platform API key. Never printed, and sent to platformApiUrl only; an"
                    + " endpoint for projects, deployments or certificates without it fails to start.")
    private String platformSecret;

    @UriParam(
            label = "security",
            enums = "basic,digest",
            defaultValue = "basic",
            description = "How the key is shown: basic sends it with every request; digest never sends the secret but"
                    + " costs a challenge of the deployment before each call.")
    private String authMethod = "basic";

    @UriParam(
            label = "common",
            enums = "auto,v4,v5",
            defaultValue = "auto",
            description = "The generation of the broker. auto: by the end of apiUrl (/v4, /v5), otherwise the first"
                    + " call asks the deployment; v4: EMQX 4.x; v5: EMQX 5.x. Only a generation known at start lets an"
                    + " operation be refused at start that it does not have.")
    private String apiVersion = "auto";

    @UriParam(
            label = "security",
            description = "TLS of connections to the deployment: trust and key stores, protocols. Without it, global"
                    + " ones if useGlobalSslContextParameters is set, otherwise the JVM's defaults.")
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "common",
            defaultValue = "5000",
            javaType = "java.time.Duration",
            description = "The longest time to connect, TLS handshake included. A deployment that cannot be reached"
                    + " fails a call after it with EmqxUnavailableException.")
    private long connectTimeout = 5000;

    @UriParam(
            label = "common",
            defaultValue = "10000",
            javaType = "java.time.Duration",
            description = "The longest time for one exchange, from sending the request to the end of the answer; each"
                    + " page of a listing is one exchange. A file may take 30 times as long, to be sent or to be read;"
                    + " when one is read, the headers of the answer must come within this time. A cluster with a frozen node holds answers back for up to"
                    + " 60 seconds: a call fails after this time with EmqxUnavailableException instead of waiting.")
    private long responseTimeout = 10000;

    @UriParam(
            label = "advanced",
            prefix = "http.",
            multiValue = true,
            description = "Options of the camel-http endpoint underneath by their own names, such as"
                    + " http.connectionsPerRoute=50. Redirects, cookies and retries stay off whatever is set.")
    private Map<String, Object> httpOptions;

    @UriParam(
            label = "security",
            defaultValue = "false",
            description = "Whether apiUrl and platformApiUrl may be http:// to another machine. Credentials and data"
                    + " then travel in clear text.")
    private boolean allowInsecureHttp;

    @UriParam(
            label = "common",
            description = "The most requests in a second to the deployment, counted over all endpoints of the context"
                    + " that call it; give all of them the same. What is over it waits for its turn, no longer than responseTimeout, and then fails"
                    + " with EmqxRateLimitException, unsent. Unless given it is the documented limit: 100, for a Serverless"
                    + " deployment (its address ends with emqxsl.com or emqxsl.cn) 10. 0 for no limit.")
    private Integer requestsPerSecond;

    @UriParam(
            label = "common",
            defaultValue = "3",
            description = "How many times a call is sent again that failed for a while (EmqxUnavailableException,"
                    + " EmqxRateLimitException of the deployment, an answer that is cut short because its connection ended)."
                    + " Only reads, and changes whose repetition does no harm,"
                    + " are; never a call whose number the API limits, nor one of a watch, which polls again anyway. The"
                    + " thread of the route waits meanwhile, so that a call takes at most responseTimeout for each"
                    + " attempt, as much again for its turn, and the waits between. 0 for never.")
    private int maxRetries = 3;

    @UriParam(
            label = "common",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description =
                    "The wait before a call is sent again for the first time. Each further wait is twice as long, up"
                            + " to 30 seconds, and by chance up to half as long again. A longer Retry-After of the deployment is kept to;"
                            + " where it is more than 30 seconds, the call fails at once.")
    private long retryDelay = 1000;

    @UriParam(
            label = "advanced",
            defaultValue = "UTC",
            description =
                    "The time zone of the broker's clock. Generation 4 writes client times without a zone: a wrong"
                            + " one here shifts them all. No effect on generation 5.")
    private String brokerZone = "UTC";

    /** What was taken from the component last; null for nothing. */
    private Keys inherited;

    /** The keys of both APIs. Its text shows nothing of them. */
    private record Keys(String appId, String appSecret, String platformKey, String platformSecret) {
        @Override
        public String toString() {
            return "Keys";
        }
    }

    /** A copy that can be changed on its own. */
    public EmqxPlatformConfiguration copy() {
        try {
            EmqxPlatformConfiguration copy = (EmqxPlatformConfiguration) clone();
            copy.httpOptions = httpOptions == null ? null : new TreeMap<>(httpOptions);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /**
     * Takes the keys of the component as they are now, but for those that have become others since they were taken last:
     * they are of an endpoint's own.
     *
     * @param words takes placeholders out of a text
     */
    void takeKey(EmqxPlatformConfiguration component, UnaryOperator<String> words) {
        Keys now = new Keys(
                resolved(component.appId, words),
                resolved(component.appSecret, words),
                resolved(component.platformKey, words),
                resolved(component.platformSecret, words));
        Keys before = inherited == null ? new Keys(appId, appSecret, platformKey, platformSecret) : inherited;
        appId = Objects.equals(appId, before.appId) ? now.appId : appId;
        appSecret = Objects.equals(appSecret, before.appSecret) ? now.appSecret : appSecret;
        platformKey = Objects.equals(platformKey, before.platformKey) ? now.platformKey : platformKey;
        platformSecret = Objects.equals(platformSecret, before.platformSecret) ? now.platformSecret : platformSecret;
        inherited = now;
    }

    private static String resolved(String text, UnaryOperator<String> words) {
        return text != null && text.contains("{{") ? words.apply(text) : text;
    }

    ApiAddress address(ApiKind kind) {
        return switch (kind) {
            case DEPLOYMENT -> ApiAddress.parse(kind, apiUrl, allowInsecureHttp);
            case PLATFORM -> ApiAddress.parse(kind, platformApiUrl, allowInsecureHttp);
        };
    }

    Credentials credentials(ApiKind kind) {
        String named = oneOf("authMethod", authMethod, List.of("basic", "digest"));
        Credentials.Method method = Credentials.Method.valueOf(named.toUpperCase(Locale.ROOT));
        return switch (kind) {
            case DEPLOYMENT -> Credentials.of(kind, appId, appSecret, method);
            case PLATFORM -> Credentials.of(kind, platformKey, platformSecret, method);
        };
    }

    /** The generation that is known before anything is asked; null for one that is to be found out. */
    Generation generation(ApiKind kind) {
        Generation broker =
                switch (oneOf("apiVersion", apiVersion, List.of("auto", "v4", "v5"))) {
                    case "v4" -> Generation.V4;
                    case "v5" -> Generation.V5;
                    default -> null;
                };
        return kind == ApiKind.PLATFORM ? Generation.PLATFORM : broker;
    }

    /** The requests in a second that a deployment allows: as given, or as documented. */
    int pace(ApiAddress address) {
        if (requestsPerSecond == null) {
            return address.isServerless() ? Pace.SERVERLESS : Pace.USUAL;
        }
        if (requestsPerSecond < 0) {
            throw new IllegalArgumentException("Option requestsPerSecond must be 0 or more, not " + requestsPerSecond);
        }
        return requestsPerSecond;
    }

    /** How calls are sent again. */
    Retries retries(Pauses pauses) {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("Option maxRetries must be 0 or more, not " + maxRetries);
        }
        return new Retries(maxRetries, positive("retryDelay", retryDelay), pauses);
    }

    ZoneId zone() {
        try {
            return ZoneId.of(brokerZone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Option brokerZone is no time zone such as UTC or Europe/Berlin: " + brokerZone, e);
        }
    }

    ConnectionSettings settings(SSLContextParameters global) {
        return new ConnectionSettings(
                positive("connectTimeout", connectTimeout),
                positive("responseTimeout", responseTimeout),
                sslContextParameters == null ? global : sslContextParameters,
                httpOptions == null ? Map.of() : Map.copyOf(httpOptions));
    }

    static Duration positive(String option, long millis) {
        if (millis <= 0) {
            throw new IllegalArgumentException(
                    "Option " + option + " must be more than 0 ms: every call is bounded, not " + millis);
        }
        return Duration.ofMillis(millis);
    }

    static String oneOf(String option, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException("Option " + option + " must be one of "
                    + Names.nearestFirst(String.valueOf(value), allowed) + ", not '" + value + "'");
        }
        return value;
    }

    public String getApiUrl() {
        return apiUrl;
    }

    public void setApiUrl(String apiUrl) {
        this.apiUrl = apiUrl;
    }

    public String getAppId() {
        return appId;
    }

    public void setAppId(String appId) {
        this.appId = appId;
    }

    public String getAppSecret() {
        return appSecret;
    }

    public void setAppSecret(String appSecret) {
        this.appSecret = appSecret;
    }

    public String getPlatformApiUrl() {
        return platformApiUrl;
    }

    public void setPlatformApiUrl(String platformApiUrl) {
        this.platformApiUrl = platformApiUrl;
    }

    public String getPlatformKey() {
        return platformKey;
    }

    public void setPlatformKey(String platformKey) {
        this.platformKey = platformKey;
    }

    public String getPlatformSecret() {
        return platformSecret;
    }

    public void setPlatformSecret(String platformSecret) {
        this.platformSecret = platformSecret;
    }

    public String getAuthMethod() {
        return authMethod;
    }

    public void setAuthMethod(String authMethod) {
        this.authMethod = authMethod;
    }

    public String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public Map<String, Object> getHttpOptions() {
        return httpOptions;
    }

    public void setHttpOptions(Map<String, Object> httpOptions) {
        this.httpOptions = httpOptions;
    }

    public boolean isAllowInsecureHttp() {
        return allowInsecureHttp;
    }

    public void setAllowInsecureHttp(boolean allowInsecureHttp) {
        this.allowInsecureHttp = allowInsecureHttp;
    }

    public Integer getRequestsPerSecond() {
        return requestsPerSecond;
    }

    public void setRequestsPerSecond(Integer requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(long retryDelay) {
        this.retryDelay = retryDelay;
    }

    public String getBrokerZone() {
        return brokerZone;
    }

    public void setBrokerZone(String brokerZone) {
        this.brokerZone = brokerZone;
    }
}
