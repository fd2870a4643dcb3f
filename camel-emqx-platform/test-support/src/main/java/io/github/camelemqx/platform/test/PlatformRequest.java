/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

/**
 * A request that the Platform API was sent.
 *
 * @param method of HTTP
 * @param path as sent, with the query
 * @param authorization the header of that name, null for none
 * @param body as text, empty for none
 * @param status what it was answered with
 */
public record PlatformRequest(String method, String path, String authorization, String body, int status) {}
