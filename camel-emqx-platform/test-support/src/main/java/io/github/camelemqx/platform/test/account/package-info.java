/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
/** The account behind the Platform API, and the API itself. Not for users of the simulator. */
package io.github.camelemqx.platform.test.account;
