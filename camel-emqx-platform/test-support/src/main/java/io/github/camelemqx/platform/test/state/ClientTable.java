/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.SimulatedClient;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;

/** The clients of one node in the order in which they came: by id and by position at once, so that a page costs its own rows only. */
public final class ClientTable extends AbstractList<SimulatedClient> implements RandomAccess {

    private final Map<String, Row> byId = new HashMap<>();
    /** By ascending number: a row is found by bisection. */
    private final List<Row> rows = new ArrayList<>();

    private long lastNumber;
    private int connected;
    private int subscriptions;

    private static final class Row {
        private final long number;
        private SimulatedClient client;

        private Row(long number, SimulatedClient client) {
            this.number = number;
            this.client = client;
        }
    }

    @Override
    public SimulatedClient get(int index) {
        return rows.get(index).client;
    }

    @Override
    public int size() {
        return rows.size();
    }

    /** Clients that are connected; the rest are sessions left behind. */
    public int connected() {
        return connected;
    }

    /** Subscriptions of all clients. */
    public int subscriptions() {
        return subscriptions;
    }

    /** The client of an id, connected or not. */
    public Optional<SimulatedClient> find(String clientId) {
        return Optional.ofNullable(byId.get(clientId)).map(row -> row.client);
    }

    /** A copy of the ids of all clients. */
    Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    /** Adds a client at the end, or writes over the row that it has. */
    public void put(SimulatedClient client) {
        Row row = byId.get(client.clientId());
        if (row == null) {
            row = new Row(++lastNumber, client);
            byId.put(client.clientId(), row);
            rows.add(row);
        } else {
            count(row.client, -1);
            row.client = client;
        }
        count(client, 1);
    }

    /** Takes a client out, if it is there. */
    public void remove(String clientId) {
        Row row = byId.remove(clientId);
        if (row != null) {
            rows.remove(indexAfter(row.number - 1));
            count(row.client, -1);
        }
    }

    @Override
    public void clear() {
        byId.clear();
        rows.clear();
        connected = 0;
        subscriptions = 0;
    }

    /** The number that the row at a position keeps for as long as it lives: what a cursor remembers. */
    public long numberAt(int index) {
        return rows.get(index).number;
    }

    /** The position of the first row with a greater number; the size if there is none. */
    public int indexAfter(long number) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).number > number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void count(SimulatedClient client, int sign) {
        connected += client.connected() ? sign : 0;
        subscriptions += sign * client.subscriptions().size();
    }
}
