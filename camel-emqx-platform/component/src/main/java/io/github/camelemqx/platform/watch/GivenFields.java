/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.client.FieldSink;
import java.util.BitSet;

/** Completes rows that lack fields of their key, because the listing was asked for them alone. */
final class GivenFields implements FieldSink {

    private final RowForm form;
    private final FieldSink rows;
    private final BitSet there = new BitSet();

    GivenFields(RowForm form, FieldSink rows) {
        this.form = form;
        this.rows = rows;
    }

    @Override
    public void text(int field, byte[] ascii, int offset, int length) {
        there.set(field);
        rows.text(field, ascii, offset, length);
    }

    @Override
    public void number(int field, long value) {
        there.set(field);
        rows.number(field, value);
    }

    @Override
    public void time(int field, long millis) {
        there.set(field);
        rows.time(field, millis);
    }

    @Override
    public void value(int field, Object value) {
        there.set(field);
        rows.value(field, value);
    }

    @Override
    public void end() {
        for (int i = 0; i < form.key().size(); i++) {
            Object given = form.given().get(form.key().get(i));
            if (given != null && !there.get(i)) {
                rows.value(i, given);
            }
        }
        there.clear();
        rows.end();
    }
}
