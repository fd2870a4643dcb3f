/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.util.ArrayList;
import java.util.List;

/**
 * What a ratio is to be, and is: the component's figure by a peer's, in one run.
 *
 * @param what in words
 * @param atMost whether the bound is an upper one
 */
public record CallTarget(String what, Call call, int threads, double ratio, boolean atMost, double bound, boolean met) {

    private static CallTarget of(String what, CallFigures ours, double ratio, boolean atMost, double bound) {
        return new CallTarget(
                what, ours.call(), ours.threads(), ratio, atMost, bound, atMost ? ratio <= bound : ratio >= bound);
    }

    /** All that can be told of what was measured. */
    static List<CallTarget> of(List<CallFigures> all) {
        List<CallTarget> targets = new ArrayList<>();
        for (CallFigures ours : all) {
            if (!ours.peer().equals(Peer.Kind.COMPONENT.name())) {
                continue;
            }
            CallFigures.of(all, ours.call(), Peer.Kind.CAMEL_HTTP.name(), ours.threads())
                    .ifPresent(route -> {
                        targets.add(of("calls a second by camel-http's", ours, rate(ours, route), false, 1.3));
                        targets.add(of("bytes allocated by camel-http's", ours, bytes(ours, route), true, 0.7));
                    });
            CallFigures.of(all, ours.call(), Peer.Kind.HTTP_CLIENT.name(), ours.threads())
                    .ifPresent(bare -> {
                        targets.add(of("calls a second by HttpClient's", ours, rate(ours, bare), false, 0.9));
                        targets.add(of("bytes allocated by HttpClient's", ours, bytes(ours, bare), true, 1.3));
                    });
        }
        return targets;
    }

    private static double rate(CallFigures ours, CallFigures other) {
        return ours.callsPerSecond() / other.callsPerSecond();
    }

    private static double bytes(CallFigures ours, CallFigures other) {
        return ours.allocatedBytes() / other.allocatedBytes();
    }
}
