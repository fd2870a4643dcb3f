/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.math.BigDecimal;

/** Numbers that are easily read: 1, 2 and 5 times powers of ten. */
final class Decades {

    private Decades() {}

    /** The greatest that is not above a value, which is positive. */
    static double floor(double value) {
        double floor = power(exponent(value));
        for (double next = next(floor); next <= value; next = next(next)) {
            floor = next;
        }
        return floor;
    }

    /** The one after such a number. */
    static double next(double number) {
        int exponent = exponent(number);
        double power = power(exponent);
        // halves of what they may be: none is missed for its last bit
        if (number < 1.5 * power) {
            return times(2, exponent);
        }
        return number < 3.5 * power ? times(5, exponent) : power(exponent + 1);
    }

    /** Whether a value is a power of ten. */
    static boolean isPower(double value) {
        return value == power(exponent(value));
    }

    /** Exact, and on every machine the same: logarithms are neither. */
    private static int exponent(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        return exact.precision() - exact.scale() - 1;
    }

    private static double power(int exponent) {
        return times(1, exponent);
    }

    private static double times(int digit, int exponent) {
        return BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent).doubleValue();
    }
}
