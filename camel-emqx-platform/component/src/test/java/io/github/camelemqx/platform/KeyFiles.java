/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * Keys and certificates for tests, made by the running JDK's own tool.
 *
 * @param folder where they are, and go with it
 */
record KeyFiles(Path folder) {

    static final String PASSWORD = "changeit";

    /**
     * A key with a certificate that it has signed itself.
     *
     * @param name of the file
     * @param more options of keytool
     */
    Path selfSigned(String name, String... more) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        generate(store, name, more);
        return store;
    }

    /** A key with a certificate that another has signed. */
    Path signed(String name, Path signer, String... more) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Files.copy(signer, store);
        String by = signer.getFileName().toString().replace(".p12", "");
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("-signer", by));
        generate(store, name, options.toArray(String[]::new));
        keytool(List.of("-delete", "-alias", by, "-keystore", store.toString(), "-storepass", PASSWORD));
        return store;
    }

    private void generate(Path store, String name, String... more) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        options.addAll(List.of(more));
        keytool(options);
    }

    private void keytool(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(options);
        Path log = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(() -> read(log)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What a server with that key speaks. */
    static SSLContext server(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** What trusts that certificate, and no other. */
    static SSLContextParameters trusting(CamelContext context, Path store) {
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(parameters(context, store));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setCamelContext(context);
        parameters.setTrustManagers(managers);
        return parameters;
    }

    /** The same, with a key to show. */
    static SSLContextParameters trusting(CamelContext context, Path store, Path own) {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(parameters(context, own));
        keys.setKeyPassword(PASSWORD);
        SSLContextParameters parameters = trusting(context, store);
        parameters.setKeyManagers(keys);
        return parameters;
    }

    private static KeyStoreParameters parameters(CamelContext context, Path store) {
        KeyStoreParameters parameters = new KeyStoreParameters();
        parameters.setCamelContext(context);
        parameters.setType("PKCS12");
        parameters.setResource("file:" + store);
        parameters.setPassword(PASSWORD);
        return parameters;
    }
}
