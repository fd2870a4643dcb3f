/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
    public Map<String, Object> get(Section section, String key) {
        return StateText.value(file.guarded(() -> map.get(prefix(section) + key)));
    }

    @Override
    public Set<String> keys(Section section) {
        return new Keys(prefix(section));
    }

    @Override
    public void put(Section section, String key, Map<String, Object> value) {
        String text = StateText.of(value);
        String place = prefix(section) + key;
        file.guarded(() -> {
            // an equal text would be written all the same
            return text.equals(map.get(place)) ? text : map.put(place, text);
        });
    }

    @Override
    public void remove(Section section, String key) {
        file.guarded(() -> map.remove(prefix(section) + key));
    }

    @Override
    public void commit() {
        file.commit();
    }

    /** The keys of a section, read from the file as they are asked for: a million of them need no memory. */
    private final class Keys extends AbstractSet<String> {

        private final String prefix;

        private Keys(String prefix) {
            this.prefix = prefix;
        }

        private Stream<String> all() {
            Iterator<String> from = file.guarded(() -> map.keyIterator(prefix));
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(from, Spliterator.ORDERED), false)
                    .takeWhile(place -> place.startsWith(prefix))
                    .map(place -> place.substring(prefix.length()));
        }

        @Override
        public Stream<String> stream() {
            return all();
        }

        @Override
        public Iterator<String> iterator() {
            return all().iterator();
        }

        @Override
        public boolean contains(Object key) {
            return file.guarded(() -> map.containsKey(prefix + key));
        }

        @Override
        public int size() {
            return (int) all().count();
        }
    }
}
