/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Lets the simulator answer where a WireMock stub names this transformer. */
public final class SimulatorTransformer implements ResponseTransformerV2 {

    /** What stubs call it. */
    public static final String NAME = "emqx-simulator";

    private final Api api;

    /** Lets an API answer. */
    public SimulatorTransformer(Api api) {
        this.api = api;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        Answer answer = api.answer(call(event.getRequest()));
        if (answer.isClosed()) {
            return Response.Builder.like(response)
                    .but()
                    .fault(Fault.EMPTY_RESPONSE)
                    .build();
        }
        return Response.Builder.like(response)
                .but()
                .status(answer.status())
                .headers(headers(answer))
                .body(answer.bytes())
                .build();
    }

    private static Call call(Request request) {
        Map<String, String> headers = new TreeMap<>();
        for (HttpHeader header : request.getHeaders().all()) {
            headers.put(header.key().toLowerCase(Locale.ROOT), header.firstValue());
        }
        String[] url = request.getUrl().split("\\?", 2);
        return new Call(
                request.getMethod().getName(),
                url[0],
                url.length == 1 ? "" : url[1],
                headers,
                request::getBody,
                Map.of());
    }

    private static HttpHeaders headers(Answer answer) {
        List<HttpHeader> headers = new ArrayList<>();
        if (answer.contentType() != null) {
            headers.add(new HttpHeader("Content-Type", answer.contentType()));
        }
        answer.headers().forEach((name, value) -> headers.add(new HttpHeader(name, value)));
        return new HttpHeaders(headers);
    }
}
