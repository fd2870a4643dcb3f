/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file. */
class FileStateStoreTest extends StateStoreContract {

    @TempDir
    Path folder;

    private FileStateStore open;
    private int copies;

    /** The file as it would be if the process had died: what is committed, without what closing writes. */
    @Override
    StateStore store() throws IOException {
        Path before = file();
        Path file = folder.resolve("state-" + ++copies);
        if (open != null) {
            Files.copy(before, file);
            open.close();
        }
        open = new FileStateStore(file);
        return open;
    }

    private Path file() {
        return folder.resolve("state-" + copies);
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void whereNothingChangesNothingIsWritten() throws Exception {
        WatchState state = store().open("w");
        state.put(Section.ROWS, "k", Map.of("a", 1, "b", 2));
        state.commit();
        byte[] before = Files.readAllBytes(file());
        state.remove(Section.ROWS, "not there");
        state.commit();
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void closingMakesTheFileSmall() throws Exception {
        WatchState state = store().open("w");
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 100; i++) {
                state.put(Section.ROWS, "c" + i, Map.of("n", random.nextLong()));
            }
            state.commit();
        }
        long before = Files.size(file());
        open.close();
        assertThat(Files.size(file())).isLessThan(before / 2);
        open = new FileStateStore(file());
        assertThat(kept(open.open("w"), Section.ROWS)).hasSize(100);
    }

    @Test
    void aFileInUseIsRefused() throws Exception {
        store();
        assertThatThrownBy(() -> new FileStateStore(file()))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("in use");
    }

    @Test
    void anotherKindOfFileIsRefusedAndLeftAlone() throws Exception {
        for (byte[] content : List.of(new byte[0], "not ours".getBytes(StandardCharsets.UTF_8), new byte[20_000])) {
            Path foreign = folder.resolve("foreign-" + content.length);
            Files.write(foreign, content);
            assertThatThrownBy(() -> new FileStateStore(foreign))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining(foreign.toString())
                    .hasMessageContaining("Remove it to begin anew");
            assertThat(foreign).hasBinaryContent(content);
        }
    }

    @Test
    void aFileThatSomethingElseWroteWithTheSameLibraryIsRefused() {
        Path foreign = folder.resolve("foreign");
        try (org.h2.mvstore.MVStore other = org.h2.mvstore.MVStore.open(foreign.toString())) {
            other.openMap("something").put("a", "b");
        }
        assertThatThrownBy(() -> new FileStateStore(foreign))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining(foreign + " is no state file");
    }

    /** Wherever a file is cut: what was committed up to some moment is there, or the file is refused. */
    @Test
    void aTornFileIsRecoveredOrRefusedAndNeverTakenForAnEmptyOne() throws Exception {
        WatchState state = store().open("w");
        for (int commit = 1; commit <= 20; commit++) {
            for (int i = 0; i < 50; i++) {
                state.put(Section.ROWS, "c" + i, Map.of("commit", commit));
            }
            state.commit();
        }
        byte[] whole = Files.readAllBytes(file());
        int recovered = 0;
        int refused = 0;
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, 4096, 8192, whole.length - 1));
        for (int length = 5_000; length < whole.length; length += whole.length / 40) {
            lengths.add(length);
        }
        for (int length : lengths) {
            Path torn = folder.resolve("torn-" + length);
            Files.write(torn, Arrays.copyOf(whole, length));
            try (FileStateStore store = new FileStateStore(torn)) {
                Map<String, Map<String, Object>> found = kept(store.open("w"), Section.ROWS);
                if (found.isEmpty()) {
                    // cut before the first commit of any row, where the mark of the file is all there is
                    assertThat(length).isLessThan(whole.length / 4);
                } else {
                    assertThat(found).hasSize(50);
                    Object commit = found.get("c0").get("commit");
                    assertThat(found.values()).allSatisfy(row -> assertThat(row).containsEntry("commit", commit));
                    recovered++;
                }
            } catch (StateStoreException e) {
                assertThat(e).hasMessageContaining(torn.toString());
                refused++;
            }
        }
        assertThat(recovered).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void aClosedStoreSaysSo() throws Exception {
        WatchState state = store().open("w");
        open.close();
        assertThatThrownBy(() -> state.put(Section.ROWS, "k", Map.of()))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("closed")
                .hasMessageContaining(file().toString());
    }

    @Test
    void withoutTheLibraryAnErrorNamesIt() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Path.of(entry).getFileName().toString().startsWith("h2-")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = without.loadClass(FileStateStore.class.getName());
            assertThatThrownBy(() -> type.getConstructor(Path.class).newInstance(folder.resolve("never")))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("com.h2database:h2-mvstore");
        }
    }
}
