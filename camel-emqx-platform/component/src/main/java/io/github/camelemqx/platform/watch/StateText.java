/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * Values of a state as text: JSON, its names in order, so that equal values are equal texts, and in ASCII, which every
 * database takes whatever its character set.
 */
final class StateText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private static final ObjectWriter WRITER = JSON.writer();
    private static final ObjectReader VALUES = JSON.readerFor(new TypeReference<Map<String, Object>>() {});
    private static final ObjectReader TEXTS = JSON.readerFor(String.class);

    private StateText() {}

    static String of(Map<String, Object> value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StateStoreException("A row that is no JSON cannot be stored", e);
        }
    }

    /**
     * Reads a value.
     *
     * @param text null for none
     */
    static Map<String, Object> value(String text) {
        if (text == null) {
            return null;
        }
        try {
            return VALUES.readValue(text);
        } catch (JsonProcessingException e) {
            throw new StateStoreException("A stored row is no JSON: the store is damaged, or not of this component", e);
        }
    }

    /** A key as JSON writes it: the same text, but for characters that some databases do not take. */
    static String key(String key) {
        try {
            String quoted = WRITER.writeValueAsString(key);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException e) {
            throw new StateStoreException("A key cannot be stored", e);
        }
    }

    static String keyOf(String text) {
        try {
            return TEXTS.readValue('"' + text + '"');
        } catch (JsonProcessingException e) {
            throw new StateStoreException("A stored key is no JSON: the store is damaged", e);
        }
    }
}
