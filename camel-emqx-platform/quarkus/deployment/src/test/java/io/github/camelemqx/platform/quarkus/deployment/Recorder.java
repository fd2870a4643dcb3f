/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import com.sun.jdi.ClassObjectReference;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidStackFrameException;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A debugger that stops where GraalVM's tracing agent does: wherever a class is looked up by its name, wherever somebody asks
 * which members a class has, and wherever a resource is opened. Nothing is changed in the application, and no agent is in it.
 *
 * <p>Classes that initialisers of classes reach, it passes over: Quarkus has them run while an image is built, with all that it
 * does itself at {@code STATIC_INIT}. Resources count all the same: another component may be made at run time.
 *
 * @param wanted names of classes and resources; a look at where they are reached is dear
 * @param classes by name, with the place that reached them: the first frame that is not the JDK's
 * @param resources by name, with the place that opened them
 * @param lost stops of threads that went on before they were looked at
 */
record Recorder(
        Predicate<String> wanted, Map<String, String> classes, Map<String, String> resources, List<Exception> lost) {

    /** What members a class has, whatever method of the JDK's is asked. */
    private static final Set<String> MEMBERS = Set.of(
            "privateGetDeclaredFields",
            "privateGetDeclaredConstructors",
            "privateGetDeclaredMethods",
            "privateGetPublicMethods",
            "getRecordComponents");

    private static final Set<String> RESOURCES = Set.of("getResource", "getResources", "getResourceAsStream");

    /** Camel looks up classes here: a class loader itself is asked for each class that is used, by name or not. */
    private static final String CAMEL = "org.apache.camel.util.ObjectHelper";

    Recorder(Predicate<String> wanted) {
        this(wanted, new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    }

    /** Records until the process has ended. */
    void follow(VirtualMachine machine, long mostMillis) throws InterruptedException {
        stopAt(machine.classesByName("java.lang.Class").get(0), MEMBERS);
        stopAt(machine.classesByName("java.lang.Class").get(0), Set.of("forName"));
        stopAt(machine.classesByName("java.lang.ClassLoader").get(0), RESOURCES);
        ClassPrepareRequest camel = machine.eventRequestManager().createClassPrepareRequest();
        camel.addClassFilter(CAMEL);
        camel.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        camel.enable();
        // its first event, the start, goes on with it
        try {
            EventSet events = machine.eventQueue().remove(mostMillis);
            while (events != null) {
                for (Event event : events) {
                    note(event);
                }
                events.resume();
                events = machine.eventQueue().remove(mostMillis);
            }
        } catch (VMDisconnectedException ended) {
            return;
        }
        throw new IllegalStateException("The application is silent for " + mostMillis + " ms");
    }

    private static void stopAt(ReferenceType type, Set<String> methods) {
        for (Method method : type.methods()) {
            if (methods.contains(method.name()) && !method.isNative()) {
                BreakpointRequest stop =
                        type.virtualMachine().eventRequestManager().createBreakpointRequest(method.location());
                stop.setSuspendPolicy(EventRequest.SUSPEND_ALL);
                stop.enable();
            }
        }
    }

    private void note(Event event) {
        if (event instanceof ClassPrepareEvent prepared) {
            stopAt(prepared.referenceType(), Set.of("doLoadClass"));
        } else if (event instanceof BreakpointEvent stopped) {
            note(stopped);
        }
    }

    private void note(BreakpointEvent stopped) {
        try {
            note(stopped.thread(), stopped.location().method().name());
            if (!lost.isEmpty()) {
                throw new IllegalStateException("Not all was seen", lost.get(0));
            }
        } catch (IncompatibleThreadStateException | InvalidStackFrameException e) {
            // the process ends, and its threads go on to their ends; if it does not, the next stop tells
            lost.add(e);
        }
    }

    private void note(ThreadReference thread, String method) throws IncompatibleThreadStateException {
        StackFrame frame = thread.frame(0);
        if (MEMBERS.contains(method)) {
            if (frame.thisObject() instanceof ClassObjectReference asked) {
                note(classes, asked.reflectedType().name(), thread);
            }
        } else if (frame.getArgumentValues().get(0) instanceof StringReference name) {
            note(RESOURCES.contains(method) ? resources : classes, name.value(), thread);
        }
    }

    private void note(Map<String, String> reached, String name, ThreadReference thread)
            throws IncompatibleThreadStateException {
        // the first place says enough
        if (reached.containsKey(name) || !wanted.test(name)) {
            return;
        }
        List<Method> places = new ArrayList<>();
        for (StackFrame frame : thread.frames()) {
            places.add(frame.location().method());
        }
        if (reached == resources || places.stream().noneMatch(Recorder::whileBuilt)) {
            reached.put(
                    name,
                    places.stream()
                            .map(place -> place.declaringType().name() + "." + place.name())
                            .filter(place -> !place.startsWith("java.") && !place.startsWith("jdk."))
                            .findFirst()
                            .orElse("the JDK"));
        }
    }

    /** Constants of enums are in an image as they are, however they are asked for. */
    private static boolean whileBuilt(Method place) {
        return place.isStaticInitializer() || place.name().equals("getEnumConstantsShared");
    }
}
