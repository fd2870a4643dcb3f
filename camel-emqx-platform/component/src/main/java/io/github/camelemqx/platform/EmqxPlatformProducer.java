/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.CallResult;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PageMeta;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.client.Pauses;
import io.github.camelemqx.platform.client.StatusWait;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.io.Closeable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;

/** Calls an operation for each exchange; the body becomes its result, headers tell of the answer. */
public class EmqxPlatformProducer extends DefaultProducer {

    private final EmqxPlatformEndpoint endpoint;
    private final MessageArguments messageArguments;
    private Pauses pauses;
    private Deployment deployment;
    private StatusWait wait;

    EmqxPlatformProducer(EmqxPlatformEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.messageArguments = endpoint.messageArguments();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        pauses = new Pauses();
        endpoint.getComponent().begins(pauses);
        endpoint.takeKey();
        Deployment shared = endpoint.deployment();
        deployment = shared.retrying(endpoint.getConfiguration().retries(pauses));
        wait = endpoint.statusWait(pauses);
        if (endpoint.isAskedForHealth()) {
            endpoint.getComponent().checks().begins(this, shared, endpoint.getServiceUrl());
        }
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.getComponent().checks().ends(this);
        if (pauses != null) {
            pauses.end();
            endpoint.getComponent().ends(pauses);
        }
        super.doStop();
    }

    @Override
    public void process(Exchange exchange) throws EmqxPlatformException {
        Operation operation = operation(exchange);
        Arguments arguments = messageArguments.of(exchange, operation);
        Message message = exchange.getMessage();
        clear(message);
        try {
            CallResult result = awaited(operation, arguments, call(operation, arguments));
            describe(message, result.httpStatus(), result.resultCode());
            describe(message, result);
            message.setBody(result.body());
            if (result.body() instanceof Closeable stream) {
                closeWith(exchange, stream);
            }
        } catch (EmqxNotFoundException e) {
            if (endpoint.isFailOnNotFound()) {
                throw e;
            }
            describe(message, e.httpStatus(), e.resultCode());
            message.setBody(null);
        }
    }

    private Operation operation(Exchange exchange) throws EmqxInvalidRequestException {
        String name = endpoint.getOperation();
        if (endpoint.isAllowOperationHeader()) {
            name = exchange.getMessage().getHeader(EmqxPlatformConstants.OPERATION, name, String.class);
        }
        String resource = endpoint.getResource();
        if (name == null) {
            throw new EmqxInvalidRequestException(
                    FailureDetails.withoutAnswer(
                            resource,
                            "no operation: neither the option nor the header " + EmqxPlatformConstants.OPERATION),
                    null);
        }
        try {
            Operation operation = endpoint.catalogued().operation(name);
            endpoint.checkWait(operation);
            return operation;
        } catch (IllegalArgumentException e) {
            throw new EmqxInvalidRequestException(FailureDetails.withoutAnswer(resource, e.getMessage()), e);
        }
    }

    private CallResult call(Operation operation, Arguments arguments) throws EmqxPlatformException {
        return switch (operation.result()) {
            case NOTHING, OBJECT, LIST, NODE_VALUES, ANY, TEXT, FILE -> deployment.call(operation, arguments);
            case OUTCOMES ->
                deployment.bulk(
                        operation, endpoint.catalogued()::operation, arguments, endpoint.isFailOnPartialFailure());
            case PAGE -> listed(operation, arguments);
        };
    }

    /** What came of a call, after what it began is done if the route wants that. */
    private CallResult awaited(Operation operation, Arguments arguments, CallResult result)
            throws EmqxPlatformException {
        if (endpoint.getWaitFor() == null) {
            return result;
        }
        Operation look = endpoint.catalogued().operation(operation.waitable().look());
        return wait.until(deployment, operation, look, endpoint.getWaitFor(), arguments, result);
    }

    private CallResult listed(Operation operation, Arguments given) throws EmqxPlatformException {
        Map<String, Object> filters = new HashMap<>(given.values());
        Object page = filters.remove("page");
        Object limit = filters.remove("limit");
        int size = limit instanceof Number number ? number.intValue() : endpoint.getPageSize();
        Arguments arguments = Arguments.of(filters);
        PagingStyle style = endpoint.pagingStyle();
        if (page instanceof Number number) {
            return deployment.page(operation, arguments, style, number.intValue(), size);
        }
        return switch (endpoint.paging()) {
            case "page" -> deployment.page(operation, arguments, style, 1, size);
            case "stream" -> deployment.stream(operation, arguments, style, size);
            default -> deployment.all(operation, arguments, style, size);
        };
    }

    /** What an earlier call told must not be taken for this one's. */
    private static void clear(Message message) {
        message.removeHeader(EmqxPlatformConstants.HTTP_STATUS);
        message.removeHeader(EmqxPlatformConstants.RESULT_CODE);
        message.removeHeader(EmqxPlatformConstants.PAGE);
        message.removeHeader(EmqxPlatformConstants.LIMIT);
        message.removeHeader(EmqxPlatformConstants.COUNT);
        message.removeHeader(EmqxPlatformConstants.HAS_NEXT);
    }

    private static void describe(Message message, int httpStatus, String resultCode) {
        if (httpStatus != 0) {
            message.setHeader(EmqxPlatformConstants.HTTP_STATUS, httpStatus);
        }
        if (resultCode != null) {
            message.setHeader(EmqxPlatformConstants.RESULT_CODE, resultCode);
        }
    }

    private static void describe(Message message, CallResult result) {
        PageMeta page = result.page();
        if (page.page() != null) {
            message.setHeader(EmqxPlatformConstants.PAGE, page.page());
            setIfKnown(message, EmqxPlatformConstants.LIMIT, page.limit());
            setIfKnown(message, EmqxPlatformConstants.HAS_NEXT, page.hasNext());
            setIfKnown(message, EmqxPlatformConstants.COUNT, page.count());
        } else if (result.body() instanceof Collection<?> rows) {
            message.setHeader(EmqxPlatformConstants.COUNT, (long) rows.size());
        }
    }

    private static void setIfKnown(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }

    private static void closeWith(Exchange exchange, Closeable stream) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                IOHelper.close(stream);
            }
        });
    }
}
