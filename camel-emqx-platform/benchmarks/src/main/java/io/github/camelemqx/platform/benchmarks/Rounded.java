/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers for people: three figures that count, thousands apart, the same in every language. */
public final class Rounded {

    private static final int FIGURES = 3;

    /** Whole numbers below are counts, and told as they are. */
    private static final long EXACT = 10_000_000;

    private Rounded() {}

    /**
     * What was measured.
     *
     * @param value not a number where there is none
     * @return with spaces between thousands, empty for what is no number
     */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(FIGURES, RoundingMode.HALF_UP));
        int decimals = FIGURES - (rounded.precision() - rounded.scale());
        return grouped(rounded.setScale(Math.max(0, decimals)).toPlainString());
    }

    /** What was counted. */
    public static String of(long count) {
        return Math.abs(count) < EXACT ? grouped(String.valueOf(count)) : of((double) count);
    }

    /** What was chosen, such as a bound: as it was written, without zeros at its end. */
    public static String chosen(double value) {
        BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
        return grouped(plain.setScale(Math.max(0, plain.scale())).toPlainString());
    }

    private static String grouped(String number) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String sign = whole.startsWith("-") ? "-" : "";
        StringBuilder digits = new StringBuilder(new BigInteger(whole).abs().toString());
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            digits.insert(at, ' ');
        }
        return sign + digits + (point < 0 ? "" : number.substring(point));
    }
}
