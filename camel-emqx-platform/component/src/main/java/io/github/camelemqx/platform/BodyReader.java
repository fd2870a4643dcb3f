/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Upload;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.FailureDetails;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.MessageHelper;

/**
 * Reads what bodies of messages hold: JSON and POJOs as Maps and Lists, texts, bytes, files.
 *
 * @param json reads and writes JSON
 * @param exchange whose context converts
 * @param operation for failures
 */
record BodyReader(ObjectMapper json, Exchange exchange, Operation operation) {

    /** JSON as text, bytes or stream, and POJOs, as Maps and Lists; null for an empty body. */
    Object parsed(Object body) throws EmqxInvalidRequestException {
        if (body == null || body instanceof Map || (body instanceof Collection && !(body instanceof JsonNode))) {
            return body;
        }
        try {
            if (body instanceof Object[] array) {
                return Arrays.asList(array);
            }
            if (body instanceof Reader) {
                String text = converted(String.class, body);
                MessageHelper.resetStreamCache(exchange.getMessage());
                return text.isBlank() ? null : json.readValue(text, Object.class);
            }
            if (isBinary(body)) {
                byte[] bytes = converted(byte[].class, body);
                MessageHelper.resetStreamCache(exchange.getMessage());
                return bytes.length == 0 ? null : json.readValue(bytes, Object.class);
            }
            if (body instanceof CharSequence text) {
                return text.toString().isBlank() ? null : json.readValue(text.toString(), Object.class);
            }
            return json.convertValue(body, Object.class);
        } catch (JsonProcessingException e) {
            // neither its message nor itself as the cause: they quote the body, which may hold a password
            throw invalid("the body is not JSON (line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ")");
        } catch (IOException e) {
            throw new EmqxInvalidRequestException(details("the body cannot be read: " + e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new EmqxInvalidRequestException(
                    details("the body of type " + body.getClass().getName() + " is no row"), e);
        }
    }

    /** Whatever it is, as text or a file has it. */
    byte[] asBytes(Object body) throws EmqxInvalidRequestException {
        if (body == null) {
            throw invalid("the body is empty: it must be what is sent");
        }
        boolean binary = isBinary(body) || body instanceof StreamCache || body instanceof Reader;
        return binary ? converted(byte[].class, body) : plain(body).getBytes(StandardCharsets.UTF_8);
    }

    Upload.Content content(Object body) throws EmqxInvalidRequestException {
        Object content = body instanceof Path path ? path.toFile() : body;
        if (body instanceof WrappedFile<?> wrapped) {
            content = wrapped.getFile() instanceof File file ? file : wrapped.getBody();
        }
        if (content instanceof File file) {
            if (!file.isFile() || !file.canRead()) {
                throw invalid("the body must be a file that can be read, not " + file);
            }
            return new Upload.OnDisk(file);
        }
        return content instanceof InputStream stream
                ? new Upload.Streamed(stream)
                : new Upload.Bytes(asBytes(content == null ? body : content));
    }

    /** A text as it is, an object as its JSON. */
    String plain(Object payload) throws EmqxInvalidRequestException {
        if (payload instanceof CharSequence || payload instanceof Number || payload instanceof Boolean) {
            return payload.toString();
        }
        Object plain = payload;
        if (payload instanceof ResourceChange change) {
            plain = change.toMap();
        } else if (payload instanceof MetricChange change) {
            plain = change.toMap();
        }
        try {
            return json.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new EmqxInvalidRequestException(
                    details("the body cannot be written as JSON: " + e.getOriginalMessage()), e);
        }
    }

    static boolean isBinary(Object body) {
        return body instanceof byte[]
                || body instanceof InputStream
                || body instanceof ByteBuffer
                || body instanceof File
                || body instanceof Path
                || body instanceof WrappedFile;
    }

    <T> T converted(Class<T> type, Object body) throws EmqxInvalidRequestException {
        try {
            // to Jackson and to Camel a path is a text
            Object source = body instanceof Path path ? path.toFile() : body;
            return exchange.getContext().getTypeConverter().mandatoryConvertTo(type, exchange, source);
        } catch (NoTypeConversionAvailableException | TypeConversionException e) {
            throw new EmqxInvalidRequestException(details("the body cannot be read: " + e.getMessage()), e);
        }
    }

    private EmqxInvalidRequestException invalid(String message) {
        return new EmqxInvalidRequestException(details(message), null);
    }

    private FailureDetails details(String message) {
        return FailureDetails.withoutAnswer(operation.fullName(), message);
    }
}
