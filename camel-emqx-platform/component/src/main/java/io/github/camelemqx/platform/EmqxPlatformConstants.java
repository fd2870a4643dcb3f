/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import org.apache.camel.spi.Metadata;

/** Names of the headers that the component reads and writes. No other header reaches the API, no header comes from it. */
public final class EmqxPlatformConstants {

    @Metadata(
            label = "common",
            description = "The client id a call is about (before the option clientId), or of the client that changed.",
            javaType = "String",
            important = true)
    public static final String CLIENT_ID = "CamelEmqxPlatformClientId";

    @Metadata(
            label = "common",
            description = "The user name a call is about (before the option username), which is a user's id in the"
                    + " resource users; or the user name of the client that changed.",
            javaType = "String")
    public static final String USERNAME = "CamelEmqxPlatformUsername";

    @Metadata(
            label = "common",
            description = "The topic or topic filter a call is about (before the option topic), or of what changed.",
            javaType = "String")
    public static final String TOPIC = "CamelEmqxPlatformTopic";

    @Metadata(
            label = "common",
            description = "The node a call is about (before the option node), or that holds what changed.",
            javaType = "String")
    public static final String NODE = "CamelEmqxPlatformNode";

    @Metadata(
            label = "common",
            description = "The id of anything else a call is about (before the option id), or of what changed.",
            javaType = "String")
    public static final String ID = "CamelEmqxPlatformId";

    @Metadata(
            label = "producer",
            description = "Further parameters of a call by name, before those of the endpoint.",
            javaType = "java.util.Map<String, Object>")
    public static final String PARAMETERS = "CamelEmqxPlatformParameters";

    @Metadata(
            label = "producer",
            description = "The operation to call, read only with allowOperationHeader=true.",
            javaType = "String")
    public static final String OPERATION = "CamelEmqxPlatformOperation";

    @Metadata(label = "producer", description = "The HTTP status of the answer to a call.", javaType = "Integer")
    public static final String HTTP_STATUS = "CamelEmqxPlatformHttpStatus";

    @Metadata(
            label = "producer",
            description = "The result code of a call as text: 0 from generation 4, a reason code such as 16 from"
                    + " publishing on generation 5, absent otherwise. With failOnNotFound=false that of the failure.",
            javaType = "String")
    public static final String RESULT_CODE = "CamelEmqxPlatformResultCode";

    @Metadata(label = "producer", description = "The page of a listing with paging=page.", javaType = "Integer")
    public static final String PAGE = "CamelEmqxPlatformPage";

    @Metadata(
            label = "producer",
            description = "The most rows of a page of a listing with paging=page.",
            javaType = "Integer")
    public static final String LIMIT = "CamelEmqxPlatformLimit";

    @Metadata(
            label = "producer",
            description = "The rows of a listing: of the whole listing with paging=page (absent where the broker does"
                    + " not tell), of the body with paging=all.",
            javaType = "Long")
    public static final String COUNT = "CamelEmqxPlatformCount";

    @Metadata(
            label = "producer",
            description = "Whether more pages follow a page of a listing with paging=page.",
            javaType = "Boolean")
    public static final String HAS_NEXT = "CamelEmqxPlatformHasNext";

    @Metadata(
            label = "consumer",
            description = "What happened: connected, disconnected, reconnected, updated, unreachable or deleted for"
                    + " clients; created, updated or deleted for other resources; changed for metrics and stats.",
            javaType = "String",
            enums = "connected,disconnected,reconnected,updated,unreachable,created,deleted,changed",
            important = true)
    public static final String EVENT_TYPE = "CamelEmqxPlatformEventType";

    @Metadata(label = "consumer", description = "The watched resource.", javaType = "String")
    public static final String RESOURCE = "CamelEmqxPlatformResource";

    @Metadata(
            label = "consumer",
            description =
                    "What identifies the thing that changed: the client id, the user's id, the metric's name (with batch the"
                            + " resource); several values with bars in between, such as client id and topic filter.",
            javaType = "String",
            important = true)
    public static final String KEY = "CamelEmqxPlatformKey";

    @Metadata(
            label = "consumer",
            description =
                    "The identity of the event, the same when it is delivered again: an idempotent consumer's key.",
            javaType = "String")
    public static final String EVENT_ID = "CamelEmqxPlatformEventId";

    @Metadata(
            label = "consumer",
            description = "When the component saw the change, by its own clock.",
            javaType = "java.time.Instant")
    public static final String DETECTED_AT = "CamelEmqxPlatformDetectedAt";

    private EmqxPlatformConstants() {}
}
