/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An exception without a recipe, or a recipe that the README does not have, fails here. */
class EveryExceptionTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(Emqx\\w+)` \\|.*\\[`(\\w+)`\\]\\((src\\S+)\\) \\|$");

    /** The class and all that extend it: they are sealed, so there are no others. */
    private static Stream<Class<?>> withSubclasses(Class<?> exception) {
        Class<?>[] permitted = exception.getPermittedSubclasses();
        return Stream.concat(
                Stream.of(exception),
                permitted == null
                        ? Stream.empty()
                        : Arrays.stream(permitted).flatMap(EveryExceptionTest::withSubclasses));
    }

    @Test
    void everyExceptionHasARecipe() {
        List<Class<?>> exceptions = withSubclasses(EmqxPlatformException.class).toList();
        assertThat(exceptions).hasSizeGreaterThan(11);

        assertThat(Trouble.all().stream().map(Trouble::exception))
                .doesNotHaveDuplicates()
                .hasSameElementsAs(exceptions.stream()
                        .<Class<? extends EmqxPlatformException>>map(
                                type -> type.asSubclass(EmqxPlatformException.class))
                        .toList());
    }

    @Test
    void theReadmeHasAllOfThem() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("README.md"))).results().forEach(row -> {
            shown.put(row.group(1), row.group(2));
            assertThat(Path.of(row.group(3))).isRegularFile().hasFileName(row.group(2) + ".java");
        });

        assertThat(shown)
                .isEqualTo(Trouble.all().stream()
                        .collect(Collectors.toMap(
                                trouble -> trouble.exception().getSimpleName(),
                                trouble -> trouble.recipe().getClass().getSimpleName())));
    }

    @Test
    void eachRecipeHandlesItsException() throws IOException {
        Function<Trouble, Path> source = trouble -> Path.of("src/main/java/io/github/camelemqx/examples/errorhandling")
                .resolve(trouble.recipe().getClass().getSimpleName() + ".java");
        for (Trouble trouble : Trouble.all()) {
            assertThat(source.apply(trouble))
                    .content()
                    .contains(trouble.exception().getSimpleName() + ".class");
        }
    }
}
