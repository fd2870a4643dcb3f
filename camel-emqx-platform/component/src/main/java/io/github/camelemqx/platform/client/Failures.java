/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.FailureKind;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.ResultCodes;
import io.github.camelemqx.platform.catalog.ResultCodes.ResultCode;
import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxServerException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what an API answers into the exception that it means: the HTTP status first, the code where it says more
 * (emqx-api/README.md, "Generation 4" and "Generation 5").
 */
final class Failures {

    private static final int MOST_OF_A_FAILED_BODY = 64 * 1024;
    private static final int MOST_OF_A_MESSAGE = 1000;

    private final ResultCodes codes;
    private final ObjectMapper json;

    Failures(ResultCodes codes, ObjectMapper json) {
        this.codes = codes;
        this.json = json;
    }

    /** The failure that an answer with a status outside 200 to 299 stands for; reads its body, but not without end. */
    EmqxPlatformException ofStatus(Generation generation, ApiRequest request, ApiAnswer answer) throws IOException {
        String text = new String(answer.body().readNBytes(MOST_OF_A_FAILED_BODY), StandardCharsets.UTF_8);
        Map<?, ?> fields = object(text);
        String code = text(fields.containsKey("code") ? fields.get("code") : fields.get("reason_code"));
        String message = fields.isEmpty() ? plain(text, answer) : text(fields.get("message"));
        FailureKind byStatus = FailureKind.ofStatus(answer.status());
        FailureKind kind = code == null
                ? byStatus
                : codes.code(generation, code)
                        .map(ResultCode::kind)
                        .filter(known -> known != FailureKind.BY_STATUS && known != FailureKind.SUCCESS)
                        .orElse(byStatus);
        return exception(
                kind, details(request, answer.status(), code, message), retryAfter(answer.header("retry-after")));
    }

    /**
     * The failure that generation 4 reports under HTTP 200.
     *
     * @param code a number or a text, null when the answer has none
     * @param message null when the answer has none
     */
    EmqxPlatformException ofResultCode(ApiRequest request, int status, Object code, String message) {
        FailureKind kind = code == null
                ? byMessage(message).orElse(message == null ? FailureKind.PROTOCOL : FailureKind.INVALID_REQUEST)
                : byCode(code, message);
        String what = code == null && message == null ? "the answer has neither a code nor a message" : message;
        return exception(kind, details(request, status, text(code), what), null);
    }

    /** What a result code of generation 4 means; it is a number, for traces a text. */
    private FailureKind byCode(Object code, String message) {
        Optional<FailureKind> known = codes.code(Generation.V4, code.toString()).map(ResultCode::kind);
        if (known.isPresent() && known.get() != FailureKind.SUCCESS) {
            return known.get();
        }
        if (known.isPresent() || !(code instanceof Integer || code instanceof String)) {
            // "0" as text, true, a list: not what this API says
            return FailureKind.PROTOCOL;
        }
        // the rule engine puts HTTP statuses there, and 400 for what is missing or is there already
        if (code instanceof Integer number && number >= 400 && number < 600) {
            return byMessage(message).orElse(FailureKind.ofStatus(number));
        }
        return FailureKind.SERVER;
    }

    /** A code in words, null for one that the table does not list. */
    String meaning(Generation generation, String code) {
        return codes.code(generation, code).map(ResultCode::meaning).orElse(null);
    }

    /** A message that stands for a code, in words. */
    String meaning(String message) {
        return codes.message(message).map(ResultCode::meaning).orElse(message);
    }

    private Optional<FailureKind> byMessage(String message) {
        return message == null ? Optional.empty() : codes.message(message).map(ResultCode::kind);
    }

    /** An empty answer where an object was asked for. */
    EmqxPlatformException absent(FailureKind kind, ApiRequest request, int status) {
        return exception(kind, details(request, status, null, "the broker answers success, but with nothing"), null);
    }

    EmqxProtocolException protocol(ApiRequest request, int status, String message, Throwable cause) {
        return new EmqxProtocolException(details(request, status, null, message), cause);
    }

    private static EmqxPlatformException exception(FailureKind kind, FailureDetails details, Duration retryAfter) {
        return switch (kind) {
            case AUTHENTICATION -> new EmqxAuthenticationException(details, null);
            case ACCESS_DENIED -> new EmqxAccessDeniedException(details, null);
            case INVALID_REQUEST -> new EmqxInvalidRequestException(details, null);
            case NOT_FOUND -> new EmqxNotFoundException(details, null);
            case CLIENT_OFFLINE -> new EmqxClientOfflineException(details, null);
            case CONFLICT -> new EmqxConflictException(details, null);
            case RATE_LIMIT -> new EmqxRateLimitException(details, retryAfter, null);
            case UNAVAILABLE -> new EmqxUnavailableException(details, retryAfter, null);
            case SERVER -> new EmqxServerException(details, null);
            case PROTOCOL -> new EmqxProtocolException(details, null);
            case SUCCESS, BY_STATUS -> throw new IllegalStateException(kind + " is no failure: " + details);
        };
    }

    static FailureDetails details(ApiRequest request, int status, String code, String message) {
        Secrets secrets = new Secrets(request.secrets());
        return new FailureDetails(
                request.operation(), status, shortened(secrets.masked(code)), shortened(secrets.masked(message)));
    }

    private static String shortened(String text) {
        return text != null && text.length() > MOST_OF_A_MESSAGE ? text.substring(0, MOST_OF_A_MESSAGE) + "…" : text;
    }

    private Map<?, ?> object(String text) {
        try {
            return json.readValue(text, Object.class) instanceof Map<?, ?> fields ? fields : Map.of();
        } catch (JsonProcessingException notJson) {
            return Map.of();
        }
    }

    /** A plain text is the message ("Internal Error"); a page for people is none. */
    private static String plain(String text, ApiAnswer answer) {
        String type = answer.header("content-type");
        boolean isText = type == null || type.startsWith("text/plain");
        return text.isBlank() || !isText ? null : text.strip();
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3); null for none or what cannot be read. */
    static Duration retryAfter(String header) {
        if (header == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException notSeconds) {
            return untilDate(header.strip());
        }
    }

    private static Duration untilDate(String date) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
