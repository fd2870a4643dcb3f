/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.camel.StreamCache;

/**
 * A file to send, read while it is sent.
 *
 * @param name of the file, with folders or without; null where the message does not tell
 * @param content what the file holds
 */
public record Upload(String name, Content content) {

    /** Whatever comes of reading a file on this side is no answer of the API. */
    static final class Unreadable extends IOException {
        Unreadable(IOException cause) {
            super("the file to send cannot be read: " + cause.getMessage(), cause);
        }
    }

    /** Where the content is. */
    public sealed interface Content {

        /** Reads it from its beginning. */
        InputStream open() throws IOException;

        /** In bytes; -1 for a stream of unknown length, which can be read only once. */
        long length();
    }

    /** In memory. */
    @SuppressWarnings("ArrayRecordComponent") // contents are sent, never compared
    public record Bytes(byte[] bytes) implements Content {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long length() {
            return bytes.length;
        }
    }

    /** On disk. */
    public record OnDisk(File file) implements Content {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file.toPath());
        }

        @Override
        public long length() {
            return file.length();
        }
    }

    /** In a stream, which may be one that Camel keeps for reading again. */
    public record Streamed(InputStream stream) implements Content {

        @Override
        public InputStream open() {
            if (stream instanceof StreamCache kept) {
                kept.reset();
            }
            return stream;
        }

        @Override
        public long length() {
            return stream instanceof StreamCache kept ? kept.length() : -1;
        }
    }

    /**
     * The last segment of the name, without what would end it early in the header of a form.
     *
     * @return null where nothing is left
     */
    static String plain(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\"']", "")
                .strip();
        return name.isEmpty() || name.equals(".") || name.equals("..") ? null : name;
    }
}
