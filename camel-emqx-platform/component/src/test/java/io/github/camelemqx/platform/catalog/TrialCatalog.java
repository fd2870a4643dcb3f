/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

/** A small catalogue of the tests: an operation for whatever a row of data can say. */
public final class TrialCatalog {

    private TrialCatalog() {}

    /** From the resources of the tests. */
    public static Catalog load() {
        return new CatalogReader("/trial-catalog/").read();
    }
}
