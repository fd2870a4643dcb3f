/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.util.Optional;

/** The rules of MQTT for topic names and filters. */
public final class Topics {

    private static final String SHARE = "$share/";

    private Topics() {}

    /** True for a topic that can be published to. */
    public static boolean isName(String topic) {
        return !topic.isEmpty() && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
    }

    /** True for a filter that can be subscribed to, shared or not. */
    public static boolean isFilter(String filter) {
        String[] levels = route(filter).split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wild = levels[i].indexOf('#') >= 0 || levels[i].indexOf('+') >= 0;
            boolean allowed = levels[i].equals("+") || (levels[i].equals("#") && i == levels.length - 1);
            if (wild && !allowed) {
                return false;
            }
        }
        return !filter.isEmpty();
    }

    /** The group of a shared subscription. */
    public static Optional<String> shareGroup(String filter) {
        return filter.startsWith(SHARE) && filter.indexOf('/', SHARE.length()) > 0
                ? Optional.of(filter.substring(SHARE.length(), filter.indexOf('/', SHARE.length())))
                : Optional.empty();
    }

    /** The filter that messages are matched with: without the prefix of a shared subscription. */
    public static String route(String filter) {
        return shareGroup(filter)
                .map(group -> filter.substring(SHARE.length() + group.length() + 1))
                .orElse(filter);
    }

    /** Whether a topic, or another filter taken as one, is covered by a filter. */
    public static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        if (topic.startsWith("$") && (wanted[0].equals("+") || wanted[0].equals("#"))) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i == levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
