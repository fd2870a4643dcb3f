/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import io.github.camelemqx.platform.benchmarks.Mean;
import io.github.camelemqx.platform.benchmarks.Target;
import java.util.ArrayList;
import java.util.List;

/** What the component promises of a call: its figures by those of peers in the same run. */
final class CallTargets {

    private CallTargets() {}

    /** All that can be told of what was measured. */
    static List<Target> of(List<CallFigures> all) {
        List<Target> targets = new ArrayList<>();
        for (CallFigures ours : all) {
            if (!ours.peer().equals(Peer.Kind.COMPONENT.name())) {
                continue;
            }
            String subject = ours.call() + ", " + ours.threads() + (ours.threads() == 1 ? " thread" : " threads");
            CallFigures.of(all, ours.call(), Peer.Kind.CAMEL_HTTP.name(), ours.threads())
                    .ifPresent(route -> {
                        targets.add(Target.atLeast("calls a second by camel-http's", subject, rate(ours, route), 1.3));
                        targets.add(Target.atMost("bytes allocated by camel-http's", subject, bytes(ours, route), 0.7));
                    });
            CallFigures.of(all, ours.call(), Peer.Kind.HTTP_CLIENT.name(), ours.threads())
                    .ifPresent(bare -> {
                        targets.add(Target.atLeast("calls a second by HttpClient's", subject, rate(ours, bare), 0.9));
                        targets.add(Target.atMost("bytes allocated by HttpClient's", subject, bytes(ours, bare), 1.3));
                    });
        }
        return targets;
    }

    private static double rate(CallFigures ours, CallFigures other) {
        return Mean.ofRatios(ours.rounds(), other.rounds()).value();
    }

    private static double bytes(CallFigures ours, CallFigures other) {
        return ours.allocatedBytes() / other.allocatedBytes();
    }
}
