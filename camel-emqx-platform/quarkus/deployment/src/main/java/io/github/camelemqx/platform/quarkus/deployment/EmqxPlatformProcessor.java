/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.BytecodeTransformerBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.camel.quarkus.core.deployment.spi.CamelServiceDestination;
import org.apache.camel.quarkus.core.deployment.spi.CamelServicePatternBuildItem;
import org.jboss.jandex.ClassInfo;

/**
 * What a native image must be told of the component, because it is reached by its name or read as a file. Classes are taken
 * from the component's index, so that a new record or exception needs no line here. NativeImageTest holds this to a run.
 *
 * <p>Camel Quarkus itself takes care of the services that every component has: the component, its configurers, its URI
 * factory, its converters.
 */
final class EmqxPlatformProcessor {

    private static final String FEATURE = "camel-emqx-platform";
    private static final String COMPONENT = "io.github.camelemqx.platform";
    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** Deployments are reached by https. */
    @BuildStep
    ExtensionSslNativeSupportBuildItem ssl() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    /** Read when the first component is made, {@code CatalogReader}. */
    @BuildStep
    NativeImageResourcePatternsBuildItem catalog() {
        return NativeImageResourcePatternsBuildItem.builder()
                .includeGlob(COMPONENT.replace('.', '/') + "/catalog/*")
                .build();
    }

    /** Jackson makes them from rows and writes them as rows, and the language simple reads them: {@code ${body.clientId}}. */
    @BuildStep
    ReflectiveClassBuildItem records(CombinedIndexBuildItem index) {
        return reflective(publicOf(index, "model"), "rows and events as records");
    }

    /** {@code onException} and {@code doCatch} keep their names, and simple reads them: {@code ${exception.resultCode}}. */
    @BuildStep
    ReflectiveClassBuildItem exceptions(CombinedIndexBuildItem index) {
        return reflective(publicOf(index, "exception"), "exceptions in routes");
    }

    /** Rows in events, which are Maps; Jackson has a look at their class nevertheless. */
    @BuildStep
    ReflectiveClassBuildItem rows() {
        return reflective(List.of(COMPONENT + ".watch.table.CompactRow"), "rows of events as JSON");
    }

    /** Properties {@code camel.component.emqx-platform.configuration.*} reach it, and no configurer is made for it. */
    @BuildStep
    ReflectiveClassBuildItem configuration() {
        return reflective(List.of(COMPONENT + ".EmqxPlatformConfiguration"), "options as a bean");
    }

    /** Beans that routes in YAML or properties make by their class, {@code #class:…JdbcStateStore}. */
    @BuildStep
    void stores(BuildProducer<ReflectiveClassBuildItem> classes) {
        classes.produce(reflective(List.of(COMPONENT + ".watch.JdbcStateStore"), "stores of watches as beans"));
        if (QuarkusClassLoader.isClassPresentAtRuntime("org.h2.mvstore.MVStore")) {
            // without its library a native image must not be told of it: it would look for that, too
            classes.produce(reflective(List.of(COMPONENT + ".watch.FileStateStore"), "stores of watches as beans"));
        }
    }

    /** Camel Quarkus leaves consoles to its extension for them, which need not be there. */
    @BuildStep
    void console(
            BuildProducer<CamelServicePatternBuildItem> services,
            BuildProducer<NativeImageResourceBuildItem> resources) {
        services.produce(new CamelServicePatternBuildItem(
                CamelServiceDestination.DISCOVERY, true, SERVICES + "dev-console/emqx-platform"));
        resources.produce(new NativeImageResourceBuildItem(SERVICES + "dev-consoles.properties"));
    }

    @BuildStep(onlyIf = WithTelemetry.class)
    ServiceProviderBuildItem spanDecorator() {
        return new ServiceProviderBuildItem(
                "org.apache.camel.telemetry.SpanDecorator", COMPONENT + ".trace.EmqxPlatformSpanDecorator");
    }

    /** A native image is linked as a whole: there, a library that is missing cannot be found out when it is needed. */
    @BuildStep(onlyIfNot = WithMicrometer.class)
    BytecodeTransformerBuildItem withoutMeters() {
        return new BytecodeTransformerBuildItem.Builder()
                .setClassToTransform(COMPONENT + ".meter.WatchMeters")
                .setInputTransformer((name, before) -> MetersOfNobody.instead(before))
                .setCacheable(true)
                .build();
    }

    private static List<String> publicOf(CombinedIndexBuildItem index, String room) {
        Stream<ClassInfo> classes = index.getIndex().getClassesInPackage(COMPONENT + "." + room).stream();
        return classes.filter(found -> Modifier.isPublic(found.flags()))
                .map(found -> found.name().toString())
                .sorted()
                .toList();
    }

    private static ReflectiveClassBuildItem reflective(Collection<String> classes, String reason) {
        return ReflectiveClassBuildItem.builder(classes)
                .methods()
                .reason("camel-emqx-platform: " + reason)
                .build();
    }

    /** Whether camel-telemetry is in the application, which camel-opentelemetry2 brings along. */
    static final class WithTelemetry implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime("org.apache.camel.telemetry.SpanDecorator");
        }
    }

    /** Whether camel-micrometer is in the application. */
    static final class WithMicrometer implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime("org.apache.camel.component.micrometer.MicrometerUtils");
        }
    }
}
