/** What a broker knows, without any HTTP. Not thread-safe by itself: the simulator's lock guards it. Not for users of the simulator. */
package io.github.camelemqx.platform.test.state;
