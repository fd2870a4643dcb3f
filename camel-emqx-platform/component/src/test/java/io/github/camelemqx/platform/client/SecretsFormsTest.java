/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which a secret may come back are all taken out of a text, and nothing else is. */
class SecretsFormsTest {

    private final Secrets secrets = new Secrets(List.of("a/b \"c\" \u00e9=&%d", "kEy3"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b \"c\" \u00e9=&%d",
                "a/b \\\"c\\\" \u00e9=&%d",
                "a\\/b \\\"c\\\" \u00e9=&%d",
                "a/b \\\"c\\\" \\u00e9=&%d",
                "a/b \\\"c\\\" \\u00E9=&%d",
                "a%2Fb+%22c%22+%C3%A9%3D%26%25d",
                "a%2fb+%22c%22+%c3%a9%3d%26%25d",
                "a%2Fb%20%22c%22%20%C3%A9%3D%26%25d",
                "a%2fb%20%22c%22%20%c3%a9%3d%26%25d",
                "YS9iICJjIiDDqT0mJWQ",
                "kEy3"
            })
    void everyFormIsTakenOut(String form) {
        assertThat(secrets.masked("no: '" + form + "' is wrong")).isEqualTo("no: '***' is wrong");
    }

    @Test
    void aPartIsTakenOutToo() {
        assertThat(secrets.masked("cut off: b \"c\" \u00e9=")).isEqualTo("cut off: ***");
        assertThat(secrets.masked("a/b and \"c\"")).isEqualTo("a/b and \"c\"");
    }

    /** The code of a failure that says what is wrong is no part of what is. */
    @Test
    void aWordIsNoPart() {
        assertThat(new Secrets(List.of("password-1")).masked("password")).isEqualTo("password");
        assertThat(new Secrets(List.of("password-1")).masked("password-")).isEqualTo("p***");
    }

    @Test
    void oneThatBeginsAnotherLeavesNoRest() {
        assertThat(new Secrets(List.of("abc", "abcdef")).masked("abcdef, abc")).isEqualTo("***, ***");
    }

    @Test
    void withoutSecretsATextIsItself() {
        assertThat(new Secrets(List.of("")).masked("as it is")).isEqualTo("as it is");
        assertThat(secrets.masked(null)).isNull();
    }

    @Test
    void aFailureThatQuotesIsNoCause() {
        IOException plain = new IOException("refused", new IOException("by the host"));
        assertThat(secrets.asCause(plain)).isSameAs(plain);
        assertThat(secrets.asCause(new IOException("x", new IOException("kEy3"))))
                .isNull();
        IOException suppressing = new IOException("x");
        suppressing.addSuppressed(new IOException("kEy3"));
        suppressing.addSuppressed(new IOException("y", suppressing));
        assertThat(secrets.asCause(suppressing)).isNull();
    }
}
