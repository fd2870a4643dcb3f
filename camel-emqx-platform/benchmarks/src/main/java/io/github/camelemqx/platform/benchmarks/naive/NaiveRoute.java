/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.naive;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * The route that a careful person writes who wants to know which clients come and go, and has no component for it: page after page
 * by camel-http, camel-jackson, a bean with a map, and an exchange for each change. Every call that fails ends the poll, and what
 * was read of it is not believed.
 */
public final class NaiveRoute extends RouteBuilder {

    /** Where a poll begins: a timer at home, called by hand here, so that whoever measures says when, and is told of failures. */
    public static final String POLL = "direct:poll";

    /** Where each {@link NaiveChange} goes. */
    public static final String CHANGES = "direct:changes";

    private final NaiveListing listing;
    private final ListingDiff diff = new ListingDiff();

    /** @param listing what it reads */
    public NaiveRoute(NaiveListing listing) {
        this.listing = listing;
    }

    @Override
    public void configure() {
        String key = listing.appId() + ":" + listing.appSecret();
        String basic = "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        // whoever asks for a poll is told of its failure
        errorHandler(noErrorHandler());
        from(POLL)
                .bean(diff, "begin")
                .setProperty("page", constant(1))
                .setProperty("more", constant(true))
                .loopDoWhile(exchangeProperty("more"))
                // headers of the answer before are none of the next call
                .removeHeaders("*")
                .setBody(constant((Object) null))
                .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                .setHeader("Authorization", constant(basic))
                .toD(listing.uri())
                .unmarshal()
                .json(JsonLibrary.Jackson)
                .bean(diff, "page")
                .end()
                .bean(diff, "changes")
                .split(body())
                .to(CHANGES);
    }
}
