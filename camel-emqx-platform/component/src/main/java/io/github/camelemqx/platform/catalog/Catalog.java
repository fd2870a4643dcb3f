/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that can be called and watched. Immutable; read once a component from the files beside this class. */
public final class Catalog {

    private final Map<String, Resource> resources;
    private final ResultCodes resultCodes;

    Catalog(List<Resource> resources, ResultCodes resultCodes) {
        Map<String, Resource> byName = new LinkedHashMap<>();
        resources.forEach(resource -> byName.put(resource.name(), resource));
        this.resources = byName;
        this.resultCodes = resultCodes;
    }

    /** The catalogue that comes with the component. */
    public static Catalog load() {
        return new CatalogReader("").read();
    }

    /** All resources, in the order of the documentation. */
    public Collection<Resource> resources() {
        return List.copyOf(resources.values());
    }

    /** The result codes of all generations. */
    public ResultCodes resultCodes() {
        return resultCodes;
    }

    /**
     * The resource of that name.
     *
     * @throws IllegalArgumentException naming the resources there are, the nearest first
     */
    public Resource resource(String name) {
        Resource found = resources.get(name);
        if (found == null) {
            throw new IllegalArgumentException("There is no resource '" + name + "'. The resources are: "
                    + Names.nearestFirst(name, resources.keySet()));
        }
        return found;
    }
}
