/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

/**
 * The certificate of a deployment.
 *
 * @param tlsType {@code one-way} or {@code two-way}
 * @param cert the certificate as it was sent
 * @param key its private key as it was sent
 * @param cacert the authority's certificate as it was sent, null for none
 * @param status {@code pending} until somebody has looked at it once, then {@code running}
 */
public record SimulatedCertificate(String tlsType, String cert, String key, String cacert, String status) {

    /** Without the key. */
    @Override
    public String toString() {
        return "SimulatedCertificate[tlsType=" + tlsType + ", status=" + status + "]";
    }
}
