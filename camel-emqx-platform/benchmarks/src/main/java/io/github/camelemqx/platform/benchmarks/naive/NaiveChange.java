/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.naive;

import java.util.Map;

/**
 * What a naive route saw change.
 *
 * @param type {@code connected}, {@code disconnected} or {@code reconnected}
 * @param clientid of whom
 * @param row the client's row as the broker wrote it, of one that is gone the last
 * @param listed whether it is in the listing
 */
public record NaiveChange(String type, String clientid, Map<String, Object> row, boolean listed) {}
