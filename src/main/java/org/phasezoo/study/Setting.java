package org.phasezoo.study;

import java.util.Locale;

/// Refusals of settings, worded alike.
public final class Setting {
    private Setting() {}

    public static void within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    name
                            + " is "
                            + text(value)
                            + "; choose one from "
                            + text(low)
                            + " to "
                            + text(high));
        }
    }

    /// As [#within], the lower end left out.
    public static void above(String name, double value, double low, double high) {
        if (!(value > low && value <= high)) {
            throw new IllegalArgumentException(
                    name
                            + " is "
                            + text(value)
                            + "; choose one above "
                            + text(low)
                            + " and at most "
                            + text(high));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
