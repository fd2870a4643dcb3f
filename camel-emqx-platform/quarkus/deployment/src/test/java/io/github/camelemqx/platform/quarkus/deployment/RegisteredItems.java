/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import io.quarkus.builder.BuildContext;
import io.quarkus.builder.item.BuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceDirectoryBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import io.quarkus.test.ProdModeTestBuildStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The last step of the build: what all extensions together have registered for a native image, as a file of the application. */
public final class RegisteredItems extends ProdModeTestBuildStep {

    static final String FILE = "META-INF/registered.txt";

    static final List<Class<? extends BuildItem>> PRODUCES = List.of(GeneratedResourceBuildItem.class);

    static final List<Class<? extends BuildItem>> CONSUMES = List.of(
            FeatureBuildItem.class,
            ReflectiveClassBuildItem.class,
            ServiceProviderBuildItem.class,
            NativeImageResourceBuildItem.class,
            NativeImageResourceDirectoryBuildItem.class,
            NativeImageResourcePatternsBuildItem.class);

    public RegisteredItems(Map<String, Object> testContext) {
        super(testContext);
    }

    @Override
    public void execute(BuildContext build) {
        List<String> lines = new ArrayList<>();
        build.consumeMulti(FeatureBuildItem.class).forEach(item -> lines.add("feature " + item.getName()));
        for (ReflectiveClassBuildItem item : build.consumeMulti(ReflectiveClassBuildItem.class)) {
            String what = (item.isConstructors() ? "constructors " : "") + (item.isMethods() ? "methods" : "");
            item.getClassNames().forEach(name -> lines.add("class " + name + " " + what));
        }
        for (ServiceProviderBuildItem item : build.consumeMulti(ServiceProviderBuildItem.class)) {
            lines.add("resource " + item.serviceDescriptorFile());
            item.providers().forEach(name -> lines.add("class " + name + " constructors"));
        }
        build.consumeMulti(NativeImageResourceBuildItem.class)
                .forEach(item -> item.getResources().forEach(name -> lines.add("resource " + name)));
        build.consumeMulti(NativeImageResourceDirectoryBuildItem.class)
                .forEach(item -> lines.add("directory " + item.getPath()));
        build.consumeMulti(NativeImageResourcePatternsBuildItem.class)
                .forEach(item -> item.getIncludePatterns().forEach(pattern -> lines.add("pattern " + pattern)));
        build.produce(
                new GeneratedResourceBuildItem(FILE, String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    }
}
