package org.phasezoo.zoo;

import java.math.BigDecimal;

/// Numbers as text: the shortest decimal that reads back as the same double, without an exponent
/// between 1e-6 and 1e15.
public final class Numbers {
    private Numbers() {}

    /// The text of a number. `4` for 4.0, `0.001`, `1.5e-7`, `-0` for negative zero, `inf`, `-inf`;
    /// empty for NaN.
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -6 && exponent < 15) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        String sign = decimal.signum() < 0 ? "-" : "";
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + "e" + exponent;
    }

    /// The number that a text stands for; NaN for the empty text.
    ///
    /// @throws NumberFormatException when it is none
    public static double parse(String text) {
        return switch (text) {
            case "" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /// The same number, any NaN as the one NaN that is ever written.
    static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }
}
