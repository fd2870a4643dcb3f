/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Against a broker of generation 5. */
@QuarkusTest
@WithTestResource(value = SimulatedDeployment.class, initArgs = @ResourceArg(name = "generation", value = "V5"))
class PresenceV5Test extends PresenceTest {}
