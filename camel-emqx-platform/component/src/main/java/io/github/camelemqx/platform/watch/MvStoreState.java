/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Map;
import java.util.function.BiConsumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * The state of one watch in a file: one map of texts, its keys after the letter of their section. With a map for each
 * section, a version that the store commits by itself could have a later change of one and not an earlier one of another.
 */
final class MvStoreState implements WatchState {

    private final MvStoreFile file;
    private final MVMap<String, String> map;

    MvStoreState(MvStoreFile file, MVMap<String, String> map) {
        this.file = file;
        this.map = map;
    }

    private static String prefix(Section section) {
        return switch (section) {
            case NOTES -> "N";
            case ROWS -> "R";
            case EVENTS -> "E";
        };
    }

    @Override
    public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
        String prefix = prefix(section);
        Cursor<String, String> places = file.guarded(() -> map.cursor(prefix));
        while (file.guarded(places::hasNext)) {
            String place = file.guarded(places::next);
            if (!place.startsWith(prefix)) {
                return;
            }
            each.accept(place.substring(prefix.length()), StateText.value(places.getValue()));
        }
    }

    @Override
    public void put(Section section, String key, Map<String, Object> value) {
        String text = StateText.of(value);
        file.guarded(() -> map.put(prefix(section) + key, text));
    }

    @Override
    public void remove(Section section, String key) {
        file.guarded(() -> map.remove(prefix(section) + key));
    }

    @Override
    public void commit() {
        file.commit();
    }

    @Override
    public boolean durable() {
        return true;
    }
}
