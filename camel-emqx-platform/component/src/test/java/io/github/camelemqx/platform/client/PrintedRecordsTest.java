/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.Test;

/** Every record on the way of a call, made of nothing but secrets: its text has none, unless nothing of it can be one. */
class PrintedRecordsTest {

    private static final String SECRET = "word-that-is-secret";

    /** Addresses, names, numbers and what was already cleaned or comes from the API; none carries what a message gives. */
    private static final Set<String> NO_SECRETS = Set.of(
            "ApiAddress",
            "ApiBase",
            "ApiAnswer",
            "CallResult",
            "Connections",
            "PageMeta",
            "Walk",
            "AccessTable$Owner",
            "AccessRules$Part",
            "PageReader$Page",
            "PagesByNumber$PageEnd",
            "PollFailureLog$Kind",
            "Pages$Step",
            "RowMaps$NamedField",
            "Pace$Waits",
            "DeploymentChecks$Use",
            "RequestBody$Form",
            "Upload");

    @Test
    void noneTellsASecret() throws Exception {
        Set<String> printed = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .importUrl(Arguments.class.getProtectionDomain().getCodeSource().getLocation())) {
            boolean onTheWay = type.getPackageName().equals("io.github.camelemqx.platform.client")
                    || type.getPackageName().equals("io.github.camelemqx.platform");
            String name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
            if (onTheWay && type.isRecord() && !NO_SECRETS.contains(name)) {
                String text = made(Class.forName(type.getName()), 0).toString();
                assertThat(text).as(type.getName()).doesNotContain(SECRET);
                printed.add(type.getSimpleName());
            }
        }
        assertThat(printed)
                .contains(
                        "Arguments",
                        "ApiRequest",
                        "CallOptions",
                        "Connection",
                        "ConnectionSettings",
                        "Credentials",
                        "Prepared",
                        "Source",
                        "Text");
    }

    private static Object made(Class<?> type, int depth) throws ReflectiveOperationException {
        if (type == String.class || type == Object.class || type == CharSequence.class) {
            return SECRET;
        }
        if (type == Map.class) {
            return Map.of("value", SECRET);
        }
        if (type == List.class) {
            return List.of(Map.of("value", SECRET));
        }
        if (type == byte[].class) {
            return SECRET.getBytes(StandardCharsets.UTF_8);
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream(SECRET.getBytes(StandardCharsets.UTF_8));
        }
        if (type == ApiAddress.class) {
            return new ApiAddress("https", "host", 8443, "/api");
        }
        if (type == File.class) {
            return new File("a");
        }
        if (type == SSLContextParameters.class) {
            return tls();
        }
        if (type == RequestBody.class) {
            return new RequestBody.Text(SECRET);
        }
        if (type == Upload.Content.class) {
            return new Upload.Bytes(SECRET.getBytes(StandardCharsets.UTF_8));
        }
        if (type.isPrimitive()) {
            return type == boolean.class ? (Object) false : type == long.class ? (Object) 0L : (Object) 0;
        }
        boolean ofTheCatalogue = type.getName().contains(".catalog.");
        if (!type.isRecord() || ofTheCatalogue || depth > 3) {
            return null;
        }
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            boolean numbers =
                    type.getRecordComponents()[i].getGenericType().getTypeName().contains("Integer");
            boolean named = type == Credentials.class && i == 0;
            boolean clean = type == ApiRequest.class && i < 4;
            if (numbers) {
                values[i] = List.of(0);
            } else {
                values[i] = named || clean ? "x" : made(types[i], depth + 1);
            }
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static SSLContextParameters tls() {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setPassword(SECRET);
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }
}
