package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import org.phasezoo.statistic.Estimate;

/// Where a statistic has to lie for a claim to hold or to fail: an interval whose ends may be
/// infinite.
///
/// JSON: `[low, high]`; `null` is an infinite end. A bound at the end of a statistic's own range
/// excludes nothing, so it counts as infinite.
public record Region(double low, double high) {
    static Region parse(String name, JsonNode node) {
        if (!node.isArray()
                || node.size() != 2
                || !(node.get(0).isNumber() || node.get(0).isNull())
                || !(node.get(1).isNumber() || node.get(1).isNull())) {
            throw new IllegalArgumentException(
                    name + " is no pair of bounds; write [low, high] with null for infinite");
        }
        double low = node.get(0).isNull() ? Double.NEGATIVE_INFINITY : node.get(0).doubleValue();
        double high = node.get(1).isNull() ? Double.POSITIVE_INFINITY : node.get(1).doubleValue();
        if (low >= high) {
            throw new IllegalArgumentException(
                    name + " is empty: " + low + " is not below " + high + "; swap the bounds");
        }
        return new Region(low, high);
    }

    /// Two regions are disjoint if at most one point is in both; that point belongs to neither.
    boolean isDisjointFrom(Region other) {
        return low >= other.high || high <= other.low;
    }

    boolean contains(double x) {
        return low < x && x < high;
    }

    /// The p-value against "the truth is not in this region": the worse of the two one-sided ones,
    /// as in TOST.
    double pOutside(Estimate estimate) {
        double p = 0;
        if (low > estimate.support().low()) {
            p = Math.max(p, estimate.pAtMost(low));
        }
        if (high < estimate.support().high()) {
            p = Math.max(p, estimate.pAtLeast(high));
        }
        return p;
    }

    /// The smallest such p-value that data of this size could give.
    double attainable(Estimate estimate) {
        double p = 0;
        if (low > estimate.support().low()) {
            p = Math.max(p, estimate.attainableAtMost(low));
        }
        if (high < estimate.support().high()) {
            p = Math.max(p, estimate.attainableAtLeast(high));
        }
        return p;
    }

    /// How far inside its region a value is; the distance to the nearest finite bound.
    double depth(double x) {
        return Math.min(
                Double.isInfinite(low) ? Double.POSITIVE_INFINITY : x - low,
                Double.isInfinite(high) ? Double.POSITIVE_INFINITY : high - x);
    }
}
