/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.util.regex.Pattern;

/** Tells addresses from other texts, without asking a name server. */
public final class IpAddress {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]+(\\.\\d+){0,3}");

    private IpAddress() {}

    /** True for an address of IPv4 or IPv6. */
    public static boolean valid(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }
}
