/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * How connections are made; handed to the camel-http endpoint underneath.
 *
 * @param connectTimeout the longest time to connect, TLS included
 * @param responseTimeout the longest time for one exchange, from sending the request to the end of the answer
 * @param tls null for the JVM's defaults
 * @param http further options of camel-http by its own names
 */
public record ConnectionSettings(
        Duration connectTimeout, Duration responseTimeout, SSLContextParameters tls, Map<String, Object> http) {

    /** The names of options alone, one of which may be the password of a proxy; of key stores nothing. */
    @Override
    public String toString() {
        return "ConnectionSettings[connectTimeout=" + connectTimeout + ", responseTimeout=" + responseTimeout + ", tls="
                + (tls != null) + ", http=" + http.keySet() + "]";
    }
}
