/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.nio.file.Path;

/**
 * A store in one file of this machine, for any number of watches of one process. It needs the library
 * {@code com.h2database:h2-mvstore} (2.4 or newer) on the class path, which the component does not bring along.
 *
 * <p>Only what changes is written. After each poll what it saw is on the disk before any event of it is delivered, and
 * what was delivered is on the disk after that, while deliveries go on at least once a second. A process that dies in
 * between therefore delivers the events of the last second again, with the same ids, and loses none. A tail of the file
 * that is lost with the disk's own memory does the same, except that events of polls that are lost with it are found
 * anew, with other ids, and that what changed and changed back since stays untold.
 *
 * <p>A file that was torn is recovered to what was whole in it, or refused; one that is of something else, or empty, is
 * refused. To begin anew, remove it. It holds ids, user names and addresses of clients in clear text: keep it where
 * only the process can read it.
 *
 * <p>Whoever makes the store closes it, after the Camel context has stopped: a container by itself, beans of Camel's
 * YAML and XML with {@code destroyMethod: close}. Closing makes the file small; without it nothing is lost.
 */
public final class FileStateStore implements StateStore, AutoCloseable {

    private final MvStoreFile file;

    /**
     * Opens a file, or makes it where there is none.
     *
     * @param path of the file, in a folder that exists
     * @throws StateStoreException when it is in use, damaged or no such file; the message names it
     * @throws IllegalStateException when the library is missing
     */
    public FileStateStore(Path path) {
        try {
            file = MvStoreFile.open(path.toAbsolutePath());
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "FileStateStore needs the library com.h2database:h2-mvstore (2.4 or newer) on the class path", e);
        }
    }

    /** As {@link #FileStateStore(Path)}, for beans that are made from text. */
    public FileStateStore(String path) {
        this(Path.of(path));
    }

    @Override
    public WatchState open(String watch) {
        return file.state(watch);
    }

    /** Writes what is left, makes the file small and lets it go. */
    @Override
    public void close() {
        file.close();
    }
}
