/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import wiremock.jakarta.servlet.FilterChain;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.http.HttpFilter;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;

/** Takes queries that WireMock cannot decode, and would answer with a 500 of its own, to the API. */
final class BadQueryFilter extends HttpFilter {

    private final transient Api api;

    BadQueryFilter(Api api) {
        this.api = api;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (understood(request.getQueryString())) {
            chain.doFilter(request, response);
            return;
        }
        Answer answer = api.answer(call(request));
        response.setStatus(answer.status());
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(answer.bytes());
    }

    private static boolean understood(String query) {
        if (query != null) {
            try {
                Percent.decode(query);
            } catch (BadEscape bad) {
                return false;
            }
        }
        return true;
    }

    private static Call call(HttpServletRequest request) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return new Call(
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString(),
                headers,
                () -> new byte[0],
                Map.of());
    }
}
