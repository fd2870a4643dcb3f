/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * The least that anybody must do who reads the listing: a bare parser walks from token to token through the same pages, from
 * the same server by the same HTTP client, and looks at nothing.
 */
final class ParserWalk {

    private final Plan plan;
    private final HttpClient client;
    private final JsonFactory json = new JsonFactory();

    ParserWalk(Plan plan, HttpClient client) {
        this.plan = plan;
        this.client = client;
    }

    /** Walks through all pages once. */
    void run() throws IOException {
        int pages = Fleet.pages(plan.clients(), plan.pageSize());
        for (int page = 1; page <= pages; page++) {
            String uri = plan.server() + plan.format().api() + "/clients?fields=" + RowFormat.FIELDS + "&"
                    + plan.format().page() + "=" + page + "&" + plan.format().limit() + "=" + plan.pageSize();
            client.execute(new HttpGet(uri), response -> {
                if (response.getCode() != 200) {
                    throw new IOException("The server of the fleet answers " + response.getCode());
                }
                walk(response.getEntity().getContent());
                return null;
            });
        }
    }

    private void walk(InputStream body) throws IOException {
        try (JsonParser parser = json.createParser(body)) {
            while (parser.nextToken() != null) {
                // on
            }
        }
    }
}
