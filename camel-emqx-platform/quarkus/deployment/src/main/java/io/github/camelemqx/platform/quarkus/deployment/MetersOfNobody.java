/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes {@code WatchMeters.of} what it comes to where camel-micrometer is missing: {@code new NoMeters()}, and nothing that
 * names a class of that library any more.
 */
final class MetersOfNobody extends ClassVisitor {

    private static final String NO_METERS = "io/github/camelemqx/platform/meter/NoMeters";

    private MetersOfNobody(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** The class as it is without the library. */
    static byte[] instead(byte[] before) {
        // a writer of its own: one that begins with what the class had would keep the names, too
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(before).accept(new MetersOfNobody(writer), 0);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
        if (!name.equals("of")) {
            return method;
        }
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, NO_METERS);
        method.visitInsn(Opcodes.DUP);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, NO_METERS, "<init>", "()V", false);
        method.visitInsn(Opcodes.ARETURN);
        // the four parameters; two references on the stack
        method.visitMaxs(2, 4);
        method.visitEnd();
        // what was in it before goes nowhere
        return null;
    }
}
