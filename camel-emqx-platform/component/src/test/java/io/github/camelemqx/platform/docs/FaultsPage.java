/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import java.util.List;

/** The page that says what becomes of calls and watches when something goes wrong on the way to a deployment. */
public final class FaultsPage {

    private FaultsPage() {}

    /**
     * The whole page.
     *
     * @param rows what happens; what a call, and what a listing becomes; the words; when; whether it is sent again
     */
    public static String text(List<List<String>> rows) {
        return Markdown.generatedFrom("what `EveryFaultTest` saw")
                .heading(1, "When something goes wrong on the way")
                .paragraph("Each row is made to happen by a test, on both generations, while a call"
                        + " (`clients?operation=get`), a listing (`clients?operation=list`) and a watch (`clients`) are"
                        + " under way. A poll fails as a listing does: the watch keeps what it knows, reports nothing as"
                        + " gone, and the next good poll tells exactly what changed. No connection stays in use, and the"
                        + " next call works.")
                .paragraph(
                        "Every exchange, connecting and TLS handshake included, ends within `responseTimeout` (30 times"
                                + " of it where a file is sent or fetched), an attempt to connect to one address within"
                                + " `connectTimeout`. Only the look-up of a host's name is the JVM's own and cannot be ended. An"
                                + " answer may have 16 MB, a page of a listing 128 MB, unpacked. Redirects are not followed, so"
                                + " that credentials go nowhere else.")
                .paragraph(
                        "*Sent again*: with `maxRetries`, calls that may be repeated are sent again after this failure."
                                + " A watch polls again anyway. *…* is the reason in the words of the JDK or a library.")
                .table(
                        List.of("What happens", "A call", "A listing, a poll", "In the words", "When", "Sent again"),
                        rows)
                .text();
    }
}
