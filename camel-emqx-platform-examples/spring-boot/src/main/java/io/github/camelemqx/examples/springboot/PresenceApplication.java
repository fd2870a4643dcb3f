/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Who is online, over HTTP: GET /clients. Where the deployment is, application.properties says. */
@SpringBootApplication
public class PresenceApplication {}
