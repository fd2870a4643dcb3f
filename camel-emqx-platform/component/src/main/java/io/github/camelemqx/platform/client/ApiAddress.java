/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an API is: what the option {@code apiUrl} or {@code platformApiUrl} says, after checks.
 *
 * @param scheme http or https
 * @param host as written; an IPv6 address in brackets
 * @param port always there
 * @param path without a slash at its end, empty for none
 */
public record ApiAddress(String scheme, String host, int port, String path) {

    /** The domains of Serverless deployments. */
    private static final Pattern SERVERLESS = Pattern.compile(".*\\.emqxsl\\.(com|cn)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    /**
     * Reads and checks an address.
     *
     * @param kind of the API, whose option messages name
     * @param url as the console of the platform shows it, such as {@code https://HOST:8443/api/v5}
     * @param allowInsecureHttp whether plain HTTP may go further than this machine
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ApiAddress parse(ApiKind kind, String url, boolean allowInsecureHttp) {
        String option = "Option " + kind.urlOption();
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    option + " is missing: the API address of " + kind.words() + ", such as " + kind.example());
        }
        URI uri = uri(kind, url.strip());
        boolean credentials = uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"));
        if (credentials) {
            throw new IllegalArgumentException(option + " must not carry credentials: give them as " + kind.idOption()
                    + " and " + kind.secretOption());
        }
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw new IllegalArgumentException(option + " is no address such as " + kind.example());
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(option + " must end with its path, without query or fragment");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")) {
            throw new IllegalArgumentException(option + " must begin with https://, not " + scheme + "://");
        }
        if (!secure && !allowInsecureHttp && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(option + " is http:// to " + host
                    + ", which would send the credentials in clear text: use https://, or set allowInsecureHttp=true");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new ApiAddress(scheme, host, port, uri.getRawPath().replaceAll("/+$", ""));
    }

    /** Whether the deployment is Serverless, as far as the address tells. */
    public boolean isServerless() {
        return SERVERLESS.matcher(host).matches();
    }

    /** The same place with another path. */
    ApiAddress withPath(String other) {
        return new ApiAddress(scheme, host, port, other);
    }

    boolean secure() {
        return scheme.equals("https");
    }

    /** Scheme, host and port. */
    public String origin() {
        return scheme + "://" + host + ":" + port;
    }

    @Override
    public String toString() {
        return origin() + path;
    }

    private static URI uri(ApiKind kind, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // the cause would quote the address, which may hold a password
            throw new IllegalArgumentException("Option " + kind.urlOption() + " is no address such as " + kind.example()
                    + ": " + e.getReason() + " at position " + e.getIndex());
        }
    }
}
