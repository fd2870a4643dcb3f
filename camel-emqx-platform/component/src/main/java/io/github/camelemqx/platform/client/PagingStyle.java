/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import java.util.List;

/** How a deployment wants the page and its size to be called. */
public enum PagingStyle {
    /** As the generation has it: {@code _page} on 4, {@code page} on 5. */
    AUTO,
    /** {@code page} and {@code limit}. */
    PLAIN,
    /** {@code _page} and {@code _limit}: the Serverless documentation still shows it for generation 5. */
    UNDERSCORE;

    List<String> query(Generation generation, int page, int limit) {
        boolean underscore = this == UNDERSCORE || (this == AUTO && generation == Generation.V4);
        String prefix = underscore ? "_" : "";
        return List.of(prefix + "page=" + page, prefix + "limit=" + limit);
    }
}
