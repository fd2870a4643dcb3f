/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a {@link FileStateStore}: the only class, with its states, that needs the optional library. */
final class MvStoreFile {

    private static final Logger LOG = LoggerFactory.getLogger(MvStoreFile.class);

    /** A map that every file of ours has from its first moment: one without is torn, or somebody else's. */
    private static final String MARK = "camel-emqx-platform";

    /** Rows change here and there, and a page is written whole: small ones cost less. */
    private static final int PAGE = 4096;

    /** Where less than that of what was written counts still, in percent, it is moved together. */
    private static final int LEAST_IN_USE = 50;

    /** In bytes, with one commit. */
    private static final int MOST_MOVED = 4 << 20;

    private final Path path;
    private final MVStore store;

    private MvStoreFile(Path path, MVStore store) {
        this.path = path;
        this.store = store;
    }

    static MvStoreFile open(Path path) {
        try {
            if (Files.notExists(path)) {
                create(path);
            } else if (Files.size(path) == 0) {
                throw new StateStoreException(
                        "The state file " + path + " is empty: what it had is lost. Remove it to begin anew", null);
            }
        } catch (IOException e) {
            throw new StateStoreException("The state file " + path + " cannot be made or read", e);
        }
        MVStore store = opened(path);
        if (!store.hasMap(MARK)) {
            store.closeImmediately();
            throw new StateStoreException(
                    "The file " + path + " is no state file of camel-emqx-platform, or what it had is lost."
                            + " Remove it to begin anew",
                    null);
        }
        return new MvStoreFile(path, store);
    }

    /** A file is there with its mark or not at all, whenever the process dies. */
    private static void create(Path path) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (MVStore store = opened(fresh)) {
            store.openMap(MARK, strings()).put("format", String.valueOf(Meaning.FORMAT));
            store.sync();
        }
        Files.move(fresh, path);
    }

    private static MVStore opened(Path path) {
        try {
            return new MVStore.Builder()
                    .fileName(path.toString())
                    .compress()
                    // the watch says when: by itself the store writes a few pages again and again, and in a thread of
                    // its
                    // own, so that a commit that finds nothing more to write may come before what is written there
                    .autoCommitDisabled()
                    .pageSplitSize(PAGE)
                    .backgroundExceptionHandler(
                            (thread, failure) -> LOG.error("The state file {} cannot be written", path, failure))
                    .open();
        } catch (MVStoreException e) {
            String why = e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    ? " is in use, by another process or another FileStateStore"
                    : " is damaged or no state file, and cannot be recovered. Remove it to begin anew";
            throw new StateStoreException("The state file " + path + why, e);
        }
    }

    private static MVMap.Builder<String, String> strings() {
        return new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE);
    }

    WatchState state(String watch) {
        return new MvStoreState(this, guarded(() -> store.openMap("watch " + watch, strings())));
    }

    void commit() {
        guarded(() -> {
            if (store.hasUnsavedChanges()) {
                store.commit();
            }
            store.sync();
            store.compact(LEAST_IN_USE, MOST_MOVED);
            return null;
        });
    }

    /** Does something with the file; a failure says which file it is. */
    <T> T guarded(Supplier<T> use) {
        try {
            return use.get();
        } catch (MVStoreException e) {
            throw new StateStoreException(
                    store.isClosed()
                            ? "The state file " + path
                                    + " is closed: close its store after the Camel context has stopped"
                            : "The state file " + path + " cannot be read or written",
                    e);
        }
    }

    void close() {
        guarded(() -> {
            store.close(-1);
            return null;
        });
    }
}
