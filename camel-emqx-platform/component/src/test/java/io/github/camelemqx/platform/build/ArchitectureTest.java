/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: console and trace, endpoint classes, meter, health, watch, client, catalog; exception and model know nobody. */
@AnalyzeClasses(packages = "io.github.camelemqx.platform", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.github.camelemqx.platform";

    @ArchTest
    static final ArchRule oneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("endpoint")
            .definedBy(ROOT)
            .layer("console")
            .definedBy(ROOT + ".console")
            .layer("trace")
            .definedBy(ROOT + ".trace")
            .layer("meter")
            .definedBy(ROOT + ".meter")
            .layer("health")
            .definedBy(ROOT + ".health")
            .layer("watch")
            .definedBy(ROOT + ".watch")
            .layer("client")
            .definedBy(ROOT + ".client")
            .layer("catalog")
            .definedBy(ROOT + ".catalog")
            .layer("exception")
            .definedBy(ROOT + ".exception")
            .layer("model")
            .definedBy(ROOT + ".model")
            .whereLayer("console")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("trace")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("endpoint")
            .mayOnlyBeAccessedByLayers("console", "trace")
            .whereLayer("meter")
            .mayOnlyBeAccessedByLayers("endpoint")
            .whereLayer("health")
            .mayOnlyBeAccessedByLayers("console", "endpoint", "meter")
            .whereLayer("watch")
            .mayOnlyBeAccessedByLayers("console", "endpoint", "health", "meter")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("endpoint", "watch")
            .whereLayer("catalog")
            .mayOnlyBeAccessedByLayers("endpoint", "watch", "client")
            .whereLayer("exception")
            .mayOnlyBeAccessedByLayers("console", "trace", "endpoint", "health", "watch", "client")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("endpoint", "watch");

    @ArchTest
    static final ArchRule catalogueKnowsNoCamel = noClasses()
            .that()
            .resideInAPackage(ROOT + ".catalog")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule onlyTheClientKnowsHttp = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..", "org.apache.camel.component.http..");

    @ArchTest
    static final ArchRule namesOfTheField = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule noStaticState = com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .haveNameNotMatching(".*(Configurer|UriFactory|ConvertersLoader)")
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule everyExceptionIsOfTheFamily = classes()
            .that()
            .resideInAPackage(ROOT + ".exception")
            .and()
            .areAssignableTo(Exception.class)
            .should()
            .beAssignableTo(io.github.camelemqx.platform.exception.EmqxPlatformException.class);
}
