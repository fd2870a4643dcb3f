/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import wiremock.jakarta.servlet.http.HttpServletRequest;

/** Calls as the servlet container has them, before WireMock sees them; without their bodies. */
final class ServletCalls {

    private ServletCalls() {}

    static Call call(HttpServletRequest request) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return new Call(
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString() == null ? "" : request.getQueryString(),
                headers,
                () -> new byte[0],
                Map.of());
    }
}
