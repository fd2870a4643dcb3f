/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * A row of the API as a record. As the body of a call it means what its row means: a component that is null is not sent.
 * Its JSON is the row's, in the names of the vocabulary, and can be read back.
 */
public sealed interface Row
        permits AclRule,
                Alarm,
                Ban,
                BulkOutcome,
                Certificate,
                Client,
                Node,
                PlatformDeployment,
                PlatformProject,
                PublishResult,
                RetainedMessage,
                Rule,
                Subscription,
                Topic,
                User {

    /** The row in the names of the vocabulary, times as ISO-8601 text; components that are null are left out. */
    @JsonValue
    Map<String, Object> toMap();
}
