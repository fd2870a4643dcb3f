/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import wiremock.jakarta.servlet.AsyncContext;
import wiremock.jakarta.servlet.AsyncEvent;
import wiremock.jakarta.servlet.AsyncListener;
import wiremock.jakarta.servlet.FilterChain;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpFilter;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletRequestWrapper;
import wiremock.jakarta.servlet.http.HttpServletResponse;

/**
 * Lets calls wait for a node that does not answer, none of them in a thread. When the time of a call is over, or it is released
 * before, it goes on as if it had just come, to be answered from the state of that moment.
 */
public final class Waiting extends HttpFilter {

    private final transient Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final transient AtomicReference<Api> api = new AtomicReference<>(call -> {
        throw new IllegalStateException("No API yet");
    });

    void askFor(Api asked) {
        api.set(asked);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Call call = ServletCalls.call(request);
        Duration wait = api.get().wait(call);
        if (wait.isZero()) {
            chain.doFilter(request, response);
            return;
        }
        Marked marked = new Marked(request);
        AsyncContext context = request.startAsync(marked, response);
        context.setTimeout(Math.max(1, wait.toMillis()));
        Waiter waiter = new Waiter(call, marked, context);
        waiters.add(waiter);
        context.addListener(waiter);
        // what was to release it may have happened just before it was added
        if (api.get().wait(call).isZero()) {
            waiter.goOn("");
        }
    }

    /** How many calls wait. */
    public int size() {
        return waiters.size();
    }

    /**
     * Lets calls go on.
     *
     * @param lostNode the node that was given up and so ended the wait, empty if none was
     */
    public void release(Predicate<Call> which, String lostNode) {
        List.copyOf(waiters).stream()
                .filter(waiter -> which.test(waiter.call))
                .forEach(waiter -> waiter.goOn(lostNode));
    }

    /** A request that can be marked, for WireMock's requests show their headers only. */
    private static final class Marked extends HttpServletRequestWrapper {

        private volatile String lostNode = "";

        private Marked(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            return Call.LOST_NODE.equalsIgnoreCase(name) ? lostNode : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Call.LOST_NODE.equalsIgnoreCase(name)
                    ? Collections.enumeration(List.of(lostNode))
                    : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            List<String> names = Collections.list(super.getHeaderNames());
            if (!lostNode.isEmpty()) {
                names.add(Call.LOST_NODE);
            }
            return Collections.enumeration(names);
        }
    }

    private final class Waiter implements AsyncListener {

        private final Call call;
        private final Marked request;
        private final AsyncContext context;

        private Waiter(Call call, Marked request, AsyncContext context) {
            this.call = call;
            this.request = request;
            this.context = context;
        }

        private void goOn(String lostNode) {
            if (waiters.remove(this)) {
                request.lostNode = lostNode;
                try {
                    context.dispatch();
                } catch (IllegalStateException timeIsOver) {
                    // it ends in this very moment by itself: the server is about to tell this waiter so, and goes on
                    // there
                    waiters.add(this);
                }
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            goOn("");
        }

        @Override
        public void onComplete(AsyncEvent event) {
            waiters.remove(this);
        }

        @Override
        public void onError(AsyncEvent event) {
            waiters.remove(this);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // nobody else makes it asynchronous
        }
    }
}
