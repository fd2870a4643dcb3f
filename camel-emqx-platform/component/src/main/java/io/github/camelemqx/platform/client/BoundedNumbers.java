/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Reads the numbers of an answer, and none that neither a long nor a double holds: it would be infinite, or lose its upper
 * bits, somewhere on its way, and no broker counts that far.
 */
final class BoundedNumbers {

    private static final int MOST_OF_A_NUMBER = 40;

    /** A number that the answer cannot mean. */
    static final class OutOfBounds extends JsonParseException {
        OutOfBounds(JsonParser parser, String number) {
            super(parser, "the answer has a number that is out of range: " + number);
        }
    }

    private BoundedNumbers() {}

    /** The number at which a parser is. */
    static Number at(JsonParser parser) throws IOException {
        Number number = parser.getNumberValue();
        boolean bounded = !(number instanceof BigInteger) && Double.isFinite(number.doubleValue());
        if (!bounded) {
            String text = parser.getText();
            throw new OutOfBounds(
                    parser, text.length() > MOST_OF_A_NUMBER ? text.substring(0, MOST_OF_A_NUMBER) + "…" : text);
        }
        return number;
    }
}
