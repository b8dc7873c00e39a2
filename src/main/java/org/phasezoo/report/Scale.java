package org.phasezoo.report;

import java.util.ArrayList;
import java.util.List;

/// How a quantity becomes a place in [0, 1].
///
/// @param kind the function applied first
/// @param low the value at place 0
/// @param high the value at place 1
record Scale(Kind kind, double low, double high) {
    /// `SQUARE_ROOT` is sign(v) √|v|, which shows small values of either sign beside large ones.
    enum Kind {
        LINEAR,
        LOG,
        SQUARE_ROOT
    }

    /// A tick: where and what it says.
    record Tick(double value, String text) {}

    Scale {
        if (!(low < high)
                || Double.isInfinite(low)
                || Double.isInfinite(high)
                || (kind == Kind.LOG && low <= 0)) {
            throw new IllegalArgumentException("a " + kind + " scale from " + low + " to " + high);
        }
    }

    /// A scale that holds all finite values; positive ones only, for a logarithmic scale. It is
    /// widened where they are all one, and from 0 to 1 where there is none.
    static Scale over(Kind kind, List<Double> values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            if (!Double.isNaN(v) && !Double.isInfinite(v) && (kind != Kind.LOG || v > 0)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        if (low > high) {
            return kind == Kind.LOG ? new Scale(kind, 1, 10) : new Scale(kind, 0, 1);
        }
        if (kind == Kind.LOG) {
            return low < high ? new Scale(kind, low, high) : new Scale(kind, low / 2, high * 2);
        }
        double half = Math.max(Math.abs(low), 1e-12) * 0.05;
        return high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high))
                ? new Scale(kind, low, high)
                : new Scale(kind, low - half, high + half);
    }

    /// The same around zero.
    Scale symmetric() {
        double most = Math.max(Math.abs(low), Math.abs(high));
        return new Scale(kind, -most, most);
    }

    /// With a margin of this part of its length at both ends.
    Scale padded(double part) {
        double a = forward(low);
        double b = forward(high);
        double margin = part * (b - a);
        return new Scale(kind, back(a - margin), back(b + margin));
    }

    double place(double value) {
        double a = forward(low);
        return (forward(value) - a) / (forward(high) - a);
    }

    private double forward(double v) {
        return switch (kind) {
            case LINEAR -> v;
            case LOG -> StrictMath.log(v);
            case SQUARE_ROOT -> Math.signum(v) * Math.sqrt(Math.abs(v));
        };
    }

    private double back(double v) {
        return switch (kind) {
            case LINEAR -> v;
            case LOG -> StrictMath.exp(v);
            case SQUARE_ROOT -> v * Math.abs(v);
        };
    }

    /// At most about so many round values inside the scale.
    List<Tick> ticks(int about) {
        return switch (kind) {
            case LINEAR -> linear(about);
            case LOG -> logarithmic(about);
            case SQUARE_ROOT -> roots(about);
        };
    }

    private List<Tick> linear(int about) {
        double raw = (high - low) / Math.max(1, about);
        int exponent = (int) Math.floor(StrictMath.log10(raw));
        double unit = StrictMath.pow(10, exponent);
        double part = raw / unit;
        int factor = part <= 1.0001 ? 1 : part <= 2.0001 ? 2 : part <= 5.0001 ? 5 : 10;
        double step = factor * unit;
        int decimals = Math.max(0, factor == 10 ? -exponent - 1 : -exponent);
        List<Tick> ticks = new ArrayList<>();
        double slack = 1e-9 * (high - low);
        for (long i = (long) Math.ceil((low - slack) / step); i * step <= high + slack; i++) {
            double value = i * step;
            ticks.add(
                    new Tick(
                            value,
                            decimals > 4
                                    ? i == 0 ? "0" : Format.shortly(value)
                                    : Format.fixed(value, decimals)));
        }
        return List.copyOf(ticks);
    }

    private List<Tick> logarithmic(int about) {
        int from = (int) Math.floor(StrictMath.log10(low) + 1e-9);
        int to = (int) Math.ceil(StrictMath.log10(high) - 1e-9);
        List<Integer> digits =
                to - from <= 1
                        ? List.of(1, 2, 3, 5)
                        : to - from <= about / 2 ? List.of(1, 2, 5) : List.of(1);
        int every = Math.max(1, (to - from + about - 1) / about);
        List<Tick> ticks = new ArrayList<>();
        for (int e = from; e <= to; e += every) {
            for (int digit : digits) {
                double value = digit * StrictMath.pow(10, e);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    ticks.add(new Tick(value, power(digit, e)));
                }
            }
        }
        return ticks.size() >= 2
                ? List.copyOf(ticks)
                : List.of(new Tick(low, Format.shortly(low)), new Tick(high, Format.shortly(high)));
    }

    private static String power(int digit, int exponent) {
        if (exponent >= -3 && exponent <= 4) {
            return Format.fixed(digit * StrictMath.pow(10, exponent), Math.max(0, -exponent));
        }
        return (digit == 1 ? "" : digit + "·") + "10" + superscript(exponent);
    }

    private static String superscript(int n) {
        StringBuilder out = new StringBuilder(n < 0 ? "⁻" : "");
        for (char c : Integer.toString(Math.abs(n)).toCharArray()) {
            out.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return out.toString();
    }

    /// 0 and 1, 2 or 5 times powers of ten of either sign, thinned until they stand apart.
    private List<Tick> roots(int about) {
        List<Double> candidates = new ArrayList<>();
        double most = Math.max(Math.abs(low), Math.abs(high));
        for (int e = (int) Math.floor(StrictMath.log10(most)); candidates.size() < 12; e--) {
            for (int digit : List.of(5, 2, 1)) {
                candidates.add(digit * StrictMath.pow(10, e));
            }
        }
        List<Tick> ticks = new ArrayList<>();
        List<Double> taken = new ArrayList<>();
        List<Double> signed = new ArrayList<>(List.of(0.0));
        candidates.forEach(c -> signed.addAll(List.of(c, -c)));
        for (double v : signed) {
            if (v < low || v > high) {
                continue;
            }
            double p = place(v);
            if (taken.stream().allMatch(q -> Math.abs(p - q) >= 0.8 / about)) {
                taken.add(p);
                ticks.add(
                        new Tick(
                                v,
                                Math.abs(v) >= 1 || v == 0
                                        ? Format.fixed(v, 0)
                                        : Format.shortly(v)));
            }
        }
        ticks.sort(java.util.Comparator.comparingDouble(Tick::value));
        return List.copyOf(ticks);
    }
}
