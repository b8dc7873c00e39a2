package org.phasezoo.statistic;

/// A closed interval; an infinite end is open. NaN at both ends where there is none.
public record Interval(double low, double high) {
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    public Interval {
        if (low > high) {
            throw new IllegalArgumentException("low " + low + " exceeds high " + high);
        }
    }

    public boolean contains(double x) {
        return low <= x && x <= high;
    }
}
