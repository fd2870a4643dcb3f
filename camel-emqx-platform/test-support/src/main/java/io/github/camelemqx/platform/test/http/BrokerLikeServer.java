/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.HttpServer;
import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import wiremock.jakarta.servlet.DispatcherType;
import wiremock.jakarta.servlet.http.HttpFilter;
import wiremock.org.eclipse.jetty.http.HttpFields;
import wiremock.org.eclipse.jetty.server.Server;
import wiremock.org.eclipse.jetty.server.handler.ErrorHandler;
import wiremock.org.eclipse.jetty.servlet.FilterHolder;
import wiremock.org.eclipse.jetty.servlet.ServletContextHandler;

/**
 * WireMock's server, taught how brokers refuse what it would not even let through: a path with a bad escape gets a 400 without a
 * body (recording v4 454), a query with one is for the API to refuse (v4 455). And how calls hang while a node is frozen.
 */
public final class BrokerLikeServer implements HttpServerFactory {

    private final Api api;
    private final Waiting waiting;

    /** A server that lets an API refuse bad queries, and calls wait as long as the API says. */
    public BrokerLikeServer(Api api, Waiting waiting) {
        this.api = api;
        this.waiting = waiting;
        waiting.askFor(api);
    }

    /** A server of an API that nobody waits for. */
    public BrokerLikeServer(Api api) {
        this(api, new Waiting());
    }

    @Override
    public HttpServer buildHttpServer(Options options, AdminRequestHandler admin, StubRequestHandler stubs) {
        // a field of the subclass would not be set yet when its parent's constructor calls these methods
        BadQueryFilter badQueries = new BadQueryFilter(api);
        Waiting waits = waiting;
        return new Jetty11HttpServer(options, admin, stubs) {
            @Override
            protected Server createServer(Options serverOptions) {
                Server server = super.createServer(serverOptions);
                server.setErrorHandler(new WithoutBody());
                return server;
            }

            @Override
            protected void decorateMockServiceContextBeforeConfig(ServletContextHandler context) {
                addFilter(context, badQueries);
                addFilter(context, waits);
            }

            private void addFilter(ServletContextHandler context, HttpFilter filter) {
                FilterHolder holder = new FilterHolder(filter);
                holder.setAsyncSupported(true);
                context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
            }
        };
    }

    private static final class WithoutBody extends ErrorHandler {
        @Override
        public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
            return null;
        }
    }
}
