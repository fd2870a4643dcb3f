/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.nio.charset.StandardCharsets;

/** The clients of a simulated broker, as the pages it lists them in, rendered before anybody asks. */
final class Fleet {

    private final RowFormat format;
    private final int pageSize;
    private final int[] connects;
    private final byte[][] pages;

    Fleet(RowFormat format, int clients, int pageSize) {
        this.format = format;
        this.pageSize = pageSize;
        this.connects = new int[clients];
        this.pages = new byte[pages(clients, pageSize)][];
        for (int page = 0; page < pages.length; page++) {
            render(page);
        }
    }

    /** How many pages a listing has. */
    static int pages(int clients, int pageSize) {
        return Math.max(1, (clients + pageSize - 1) / pageSize);
    }

    RowFormat format() {
        return format;
    }

    int pageSize() {
        return pageSize;
    }

    /** A page, from 1; one behind the last is null. */
    byte[] page(int number) {
        return number <= pages.length ? pages[number - 1] : null;
    }

    /** So many clients, in equal distances, connect again. */
    void reconnect(int count) {
        boolean[] stale = new boolean[pages.length];
        for (int i = 0; i < count; i++) {
            int client = (int) ((long) i * connects.length / count);
            connects[client]++;
            stale[client / pageSize] = true;
        }
        for (int page = 0; page < pages.length; page++) {
            if (stale[page]) {
                render(page);
            }
        }
    }

    private void render(int page) {
        pages[page] = format.page(page + 1, pageSize, connects).getBytes(StandardCharsets.US_ASCII);
    }
}
