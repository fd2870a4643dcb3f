/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;

/** A line of the file, as camel-bindy reads it. */
@CsvRecord(separator = ",")
public final class DeviceLine {

    @DataField(pos = 1, trim = true)
    private String deviceId;

    @DataField(pos = 2)
    private String password;

    /** The device of this line. */
    Device device(long line) {
        return new Device(line, deviceId, password, null);
    }
}
