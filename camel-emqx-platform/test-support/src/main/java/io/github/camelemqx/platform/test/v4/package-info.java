/** The API of generation 4, one class a resource. Not for users of the simulator. */
package io.github.camelemqx.platform.test.v4;
