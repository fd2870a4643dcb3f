/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** The component in Spring Boot: options of the component as properties {@code camel.component.emqx-platform.*}. */
package io.github.camelemqx.platform.springboot;
