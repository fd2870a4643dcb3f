/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.io.IOException;

/** One way to make a call; ready to be used by many threads at once. */
public interface Peer extends AutoCloseable {

    /** Those that are compared. */
    enum Kind {
        /** A route with the component. */
        COMPONENT,
        /** A route with camel-http that turns Maps into JSON and back with camel-jackson. */
        CAMEL_HTTP,
        /** Apache HttpClient 5 and Jackson's trees, without Camel. */
        HTTP_CLIENT,
        /** The JDK's client and Jackson's trees. */
        JDK_CLIENT,
        /** Retrofit with Jackson, as Java SDKs for EMQX have it. */
        RETROFIT
    }

    /** What a client of any kind needs to know. */
    record Target(int port, String appId, String appSecret, int connections) {

        /** The address of the API. */
        String apiUrl() {
            return "http://127.0.0.1:" + port + Call.API;
        }
    }

    /** Starts one for one call. */
    static Peer start(Kind kind, Call call, Target target) throws Exception {
        return switch (kind) {
            case COMPONENT -> new ComponentPeer(call, target);
            case CAMEL_HTTP -> new CamelHttpPeer(call, target);
            case HTTP_CLIENT -> new HttpClientPeer(call, target);
            case JDK_CLIENT -> new JdkClientPeer(call, target);
            case RETROFIT -> new RetrofitPeer(call, target);
        };
    }

    /**
     * Makes the call.
     *
     * @return the answer's JSON in the form that the kind has it, null without one
     */
    Object call() throws Exception;

    @Override
    void close() throws IOException;
}
