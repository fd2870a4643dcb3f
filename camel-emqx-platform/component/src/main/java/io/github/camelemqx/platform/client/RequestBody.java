/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.entity.mime.AbstractContentBody;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** What a request carries. */
sealed interface RequestBody {

    /** As the HTTP client sends it. */
    HttpEntity entity();

    /** Whether it can be sent twice. */
    default boolean isRepeatable() {
        return entity().isRepeatable();
    }

    /** JSON, already written. */
    @SuppressWarnings("ArrayRecordComponent") // bodies are sent, never compared
    record Json(byte[] bytes) implements RequestBody {

        /** As recorded: without a charset, which JSON does not have. */
        private static final ContentType TYPE = ContentType.create("application/json");

        @Override
        public HttpEntity entity() {
            return new ByteArrayEntity(bytes, TYPE);
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }
    }

    /** A text for the broker to read as it is. */
    record Text(String text) implements RequestBody {

        private static final ContentType TYPE = ContentType.create("text/plain");

        @Override
        public HttpEntity entity() {
            return new ByteArrayEntity(text.getBytes(StandardCharsets.UTF_8), TYPE);
        }

        /** A configuration may have passwords in it. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /**
     * A form of one file.
     *
     * @param part the name of its part
     * @param fileName plain, without folders
     */
    record Form(String part, String fileName, Upload.Content content) implements RequestBody {

        @Override
        public HttpEntity entity() {
            return MultipartEntityBuilder.create()
                    // a name beyond ASCII travels as browsers send it
                    .setMode(HttpMultipartMode.LEGACY)
                    .setCharset(StandardCharsets.UTF_8)
                    .addPart(part, new FilePart(fileName, content))
                    .build();
        }
    }

    /** Copies a file into the connection. */
    final class FilePart extends AbstractContentBody {

        private final String fileName;
        private final Upload.Content content;

        private FilePart(String fileName, Upload.Content content) {
            super(ContentType.APPLICATION_OCTET_STREAM);
            this.fileName = fileName;
            this.content = content;
        }

        @Override
        public String getFilename() {
            return fileName;
        }

        @Override
        public long getContentLength() {
            return content.length();
        }

        @Override
        public void writeTo(OutputStream connection) throws IOException {
            byte[] buffer = new byte[1 << 13];
            try (InputStream file = opened()) {
                for (int read = read(file, buffer); read >= 0; read = read(file, buffer)) {
                    connection.write(buffer, 0, read);
                }
            }
        }

        private InputStream opened() throws IOException {
            try {
                return content.open();
            } catch (IOException e) {
                throw new Upload.Unreadable(e);
            }
        }

        private static int read(InputStream file, byte[] buffer) throws IOException {
            try {
                return file.read(buffer);
            } catch (IOException e) {
                throw new Upload.Unreadable(e);
            }
        }
    }
}
