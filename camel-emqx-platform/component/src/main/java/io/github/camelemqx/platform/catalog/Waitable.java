/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.List;

/**
 * What comes of an operation only after a while, and how it is seen.
 *
 * @param look the operation of the same resource that tells how far it is
 * @param field of what that operation brings
 * @param wanted the values of the field that can be waited for
 * @param failed the values of the field with which there is nothing more to wait for
 */
public record Waitable(String look, String field, List<String> wanted, List<String> failed) {}
