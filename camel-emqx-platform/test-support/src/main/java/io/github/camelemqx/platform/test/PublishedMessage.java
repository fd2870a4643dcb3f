/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A message that was published through the API. */
public final class PublishedMessage {

    private final String id;
    private final String topic;
    private final byte[] payload;
    private final int qos;
    private final boolean retain;
    private final String clientId;
    private final Map<String, Object> properties;

    /**
     * @param id the id that the broker gave it
     * @param payload decoded, if it was sent as base64
     * @param clientId in whose name it was published, or null
     * @param properties the MQTT 5 properties as sent, empty for none
     */
    public PublishedMessage(
            String id,
            String topic,
            byte[] payload,
            int qos,
            boolean retain,
            String clientId,
            Map<String, Object> properties) {
        this.id = id;
        this.topic = topic;
        this.payload = payload.clone();
        this.qos = qos;
        this.retain = retain;
        this.clientId = clientId;
        this.properties = Map.copyOf(properties);
    }

    /** The id that the broker gave it: 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** The topic it was published to. */
    public String topic() {
        return topic;
    }

    /** The payload as subscribers get it. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The payload as UTF-8 text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** 0, 1 or 2. */
    public int qos() {
        return qos;
    }

    /** Whether it was to be retained. */
    public boolean retain() {
        return retain;
    }

    /** In whose name it was published, or null. */
    public String clientId() {
        return clientId;
    }

    /** The MQTT 5 properties as sent, empty for none. */
    public Map<String, Object> properties() {
        return properties;
    }

    @Override
    public String toString() {
        return topic + ": " + text();
    }
}
