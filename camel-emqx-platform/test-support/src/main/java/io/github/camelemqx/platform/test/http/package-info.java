/** Between WireMock and the simulated API: calls, answers, routing. Not for users of the simulator. */
package io.github.camelemqx.platform.test.http;
