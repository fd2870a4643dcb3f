/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.naive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The bean of a naive route: a map of rows, compared with that of the poll before. For one poll at a time. */
public final class ListingDiff {

    /** The rows of the last poll that succeeded; null before the first. */
    private Map<String, Map<String, Object>> before;

    private Map<String, Map<String, Object>> now = new HashMap<>();

    /** A poll begins. */
    public void begin() {
        // a poll that failed in the middle has left its rows here
        now = new HashMap<>();
    }

    /**
     * Takes the rows of a page, and says in the property {@code more} whether there is another.
     *
     * @throws NoPage for an answer that is no page: generation 4 tells failures with HTTP 200
     */
    @SuppressWarnings("unchecked")
    public void page(Exchange exchange) throws NoPage {
        Map<String, Object> page = exchange.getMessage().getBody(Map.class);
        List<Map<String, Object>> rows = (List<Map<String, Object>>) page.get("data");
        Map<String, Object> meta = (Map<String, Object>) page.get("meta");
        if (rows == null || meta == null) {
            throw new NoPage("Not a page: code " + page.get("code"));
        }
        for (Map<String, Object> row : rows) {
            now.put((String) row.get("clientid"), row);
        }
        exchange.setProperty("more", Boolean.TRUE.equals(meta.get("hasnext")));
        exchange.setProperty("page", exchange.getProperty("page", Integer.class) + 1);
    }

    /** A poll ends: what is other than after the one before. The first one has nothing to compare with. */
    public List<NaiveChange> changes() {
        List<NaiveChange> changes = new ArrayList<>();
        if (before != null) {
            now.forEach((id, row) -> compare(id, before.get(id), row, changes));
            before.forEach((id, row) -> {
                if (!now.containsKey(id) && connected(row)) {
                    changes.add(new NaiveChange("disconnected", id, row, false));
                }
            });
        }
        before = now;
        now = new HashMap<>();
        return changes;
    }

    private static void compare(
            String id, Map<String, Object> old, Map<String, Object> row, List<NaiveChange> changes) {
        boolean was = old != null && connected(old);
        if (!connected(row)) {
            if (was) {
                changes.add(new NaiveChange("disconnected", id, row, true));
            }
        } else if (!was) {
            changes.add(new NaiveChange("connected", id, row, true));
        } else if (!row.get("connected_at").equals(old.get("connected_at"))) {
            changes.add(new NaiveChange("reconnected", id, row, true));
        }
    }

    /** A session without a connection is listed too. */
    private static boolean connected(Map<String, Object> row) {
        return Boolean.TRUE.equals(row.get("connected"));
    }
}
