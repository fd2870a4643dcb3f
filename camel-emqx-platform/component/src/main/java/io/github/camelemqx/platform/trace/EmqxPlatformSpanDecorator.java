/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.trace;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.EmqxPlatformEndpoint;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/**
 * Spans that say what was done, and where, and what the API said of it: of a call its resource, operation, deployment, HTTP
 * status and result code; of an event its type and id. Found by camel-telemetry, and so by camel-opentelemetry2; nothing
 * needs it.
 */
public final class EmqxPlatformSpanDecorator extends AbstractSpanDecorator {

    /** The resource that is called or watched, such as {@code clients}. */
    public static final String RESOURCE = "emqx.resource";

    /** The operation that is called, such as {@code kick}. */
    public static final String OPERATION = "emqx.operation";

    /** Where the deployment, or the account, is: the address of its API. */
    public static final String DEPLOYMENT = "emqx.deployment";

    /** What the API said, such as {@code 0}, {@code 112} or {@code CLIENTID_NOT_FOUND}; not there if it said nothing. */
    public static final String RESULT_CODE = "emqx.result_code";

    /** Whether a call that failed may succeed when it is repeated. */
    public static final String RETRYABLE = "emqx.retryable";

    /** What a watch saw, such as {@code connected}. */
    public static final String EVENT_TYPE = "emqx.event_type";

    /** The span of the call that an exchange is in: what an answer says belongs to no other. */
    private static final String CALL = "CamelEmqxPlatformCallSpan";

    /** Of the header that names an operation: what cannot be one does not become the name of a span. */
    private static final Pattern OPERATION_NAME = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    @Override
    public String getComponent() {
        return "emqx-platform";
    }

    @Override
    public String getComponentClassName() {
        return EmqxPlatformComponent.class.getName();
    }

    /** Few names, as traces are grouped by them: {@code clients kick}, {@code clients watch}. */
    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        if (endpoint instanceof EmqxPlatformEndpoint called) {
            String operation = operation(exchange, called);
            return called.getResource() + " " + (operation == null ? "watch" : operation);
        }
        return super.getOperationName(exchange, endpoint);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        if (endpoint instanceof EmqxPlatformEndpoint called) {
            span.setTag(RESOURCE, called.getResource());
            span.setTag(DEPLOYMENT, called.getServiceUrl());
            String operation = operation(exchange, called);
            if (operation == null) {
                Message event = exchange.getMessage();
                tag(span, EVENT_TYPE, event.getHeader(EmqxPlatformConstants.EVENT_TYPE));
                tag(span, TagConstants.MESSAGE_ID, event.getHeader(EmqxPlatformConstants.EVENT_ID));
            } else {
                span.setTag(OPERATION, operation);
                exchange.setProperty(CALL, span);
            }
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        if (exchange.getProperty(CALL) != span) {
            return;
        }
        exchange.removeProperty(CALL);
        if (exchange.getException() == null) {
            Message answer = exchange.getMessage();
            tag(span, TagConstants.HTTP_STATUS, answer.getHeader(EmqxPlatformConstants.HTTP_STATUS));
            tag(span, RESULT_CODE, answer.getHeader(EmqxPlatformConstants.RESULT_CODE));
            return;
        }
        EmqxPlatformException failure = exchange.getException(EmqxPlatformException.class);
        if (failure != null) {
            tag(span, TagConstants.HTTP_STATUS, failure.httpStatus() == 0 ? null : failure.httpStatus());
            tag(span, RESULT_CODE, failure.resultCode());
            span.setTag(RETRYABLE, String.valueOf(failure.retryable()));
        }
    }

    /** The operation that is called, null of a watch. */
    private static String operation(Exchange exchange, EmqxPlatformEndpoint endpoint) {
        if (endpoint.isAllowOperationHeader()) {
            String named = exchange.getMessage().getHeader(EmqxPlatformConstants.OPERATION, String.class);
            if (named != null && OPERATION_NAME.matcher(named).matches()) {
                return named;
            }
        }
        return endpoint.getOperation();
    }

    private static void tag(Span span, String name, Object value) {
        if (value != null) {
            span.setTag(name, value.toString());
        }
    }
}
