/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.io.IOException;
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
        Answer answer = api.answer(ServletCalls.call(request));
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
}
