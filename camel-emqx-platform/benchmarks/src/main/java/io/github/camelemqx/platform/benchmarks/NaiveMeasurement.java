/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/** What the same rows take of the heap as maps in a map, which is what one has who writes it down in a few lines. */
final class NaiveMeasurement implements Measurement {

    @Override
    public Map<String, Object> of(Plan plan) throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, Map<?, ?>> rows = new HashMap<>();
        try (WatchedFleet watch = new WatchedFleet(plan, null)) {
            ParserWalk pages = new ParserWalk(plan, watch.httpClient());
            pages.run();
            long before = Heap.used();
            pages.pages(body -> {
                Map<?, ?> page = json.readValue(body, Map.class);
                for (Object row : (Iterable<?>) page.get("data")) {
                    Map<?, ?> fields = (Map<?, ?>) row;
                    rows.put((String) fields.get("clientid"), fields);
                }
            });
            double bytes = Heap.used() - before;
            return Map.of("heapBytesPerClient", bytes / rows.size(), "rows", rows.size());
        }
    }
}
