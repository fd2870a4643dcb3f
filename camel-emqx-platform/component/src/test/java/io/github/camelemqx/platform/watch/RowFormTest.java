/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowFormTest {

    private static final RowForm TWO = new RowForm(List.of("a", "b"), Set.of("a", "b", "status.running"), Map.of());

    @Test
    void keysOfSeveralFieldsNeverCollide() {
        List<String> tempting =
                new ArrayList<>(List.of("", "|", "\\", "\\|", "\\\\", "\\e", "x|y", "x\\", "x", "null"));
        tempting.add(null);
        Set<String> keys = new HashSet<>();
        for (String a : tempting) {
            for (String b : tempting) {
                Map<String, Object> row = new HashMap<>();
                row.put("a", a);
                row.put("b", b);
                assertThat(keys.add(TWO.key(row))).as(a + " and " + b).isTrue();
            }
        }
        assertThat(keys).hasSize(tempting.size() * tempting.size());
    }

    @Test
    void aKeyIsReadable() {
        assertThat(TWO.name(Map.of("a", "c1", "b", "t/#"))).isEqualTo("c1|t/#");
        assertThat(TWO.name(Map.of("b", "t/#"))).isEqualTo("t/#");
        assertThat(new RowForm(List.of("a"), Set.of("a"), Map.of()).key(Map.of("a", "x|y\\")))
                .isEqualTo("x|y\\");
    }

    @Test
    void onlyWhatIsWantedIsKept() {
        assertThat(TWO.reduced(Map.of("a", 1, "secret", "s", "status", Map.of("running", true, "clients", 7))))
                .isEqualTo(Map.of("a", 1, "status.running", true));
        assertThat(new RowForm(List.of("a"), Set.of("a", "c"), Map.of("a", "given", "c", "not of the key"))
                        .reduced(Map.of("x", 1)))
                .isEqualTo(Map.of("a", "given"));
    }
}
