/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * A request that gets its path when it is about to be sent. The HTTP client takes the path of each request apart for what
 * authentication by challenge remembers: a fifth of what a call allocates, for nothing where credentials go along unasked.
 */
final class TargetedRequest extends HttpUriRequestBase {

    private final String target;

    /** @param target path and query, percent-encoded */
    TargetedRequest(String method, URI origin, String target) {
        super(method, origin);
        this.target = target;
    }

    /** Lets a client send such requests. */
    static void sentBy(HttpClientBuilder client) {
        client.addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "target", (request, scope, chain) -> {
            if (scope.originalRequest instanceof TargetedRequest targeted) {
                request.setPath(targeted.target);
            }
            return chain.proceed(request, scope);
        });
    }
}
