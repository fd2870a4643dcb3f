/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.util.regex.Pattern;

/** Nobody listens at port 9, "discard": what connects there is disconnected. Any other address is taken to be alive. */
public final class DeadAddress {

    private static final Pattern PORT_9 = Pattern.compile("[^/]*(//)?[^/]*:9(/.*)?");

    private DeadAddress() {}

    /** Whether nobody listens at an address, with or without scheme and path. */
    public static boolean is(String address) {
        return PORT_9.matcher(address).matches();
    }
}
