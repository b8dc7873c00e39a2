package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/// Which cells a claim is about: by axes, by bounds on quantities, and by where a cell stands to a
/// threshold.
///
/// Quantities and thresholds are read from *other seeds* than those that are tested: `selectSeeds`
/// names whose, `pilot`. What is absent selects every cell. Where quantities or thresholds select,
/// only cells that the selecting seeds have are looked at.
public record Selection(
        Optional<SequencedMap<String, AxisRange>> axes,
        Optional<List<Quantity>> quantities,
        Optional<List<Threshold>> thresholds,
        Optional<SelectSeeds> selectSeeds) {

    /// Whose values select.
    public enum SelectSeeds {
        PILOT
    }

    /// A half of an axis, by the order of its values; the middle value of an odd number belongs to
    /// the lower half.
    public enum Half {
        LOWER,
        UPPER
    }

    /// Bounds (inclusive), a list of values, or a half of an axis.
    public record AxisRange(
            OptionalDouble min,
            OptionalDouble max,
            Optional<List<JsonNode>> values,
            Optional<Half> half) {
        public AxisRange {
            if (min.isEmpty() && max.isEmpty() && values.isEmpty() && half.isEmpty()) {
                throw new IllegalArgumentException(
                        "an axis without min, max, values or half selects nothing; add one");
            }
        }
    }

    /// Bounds (inclusive) on the cell's mean of a definition.
    public record Quantity(String definition, OptionalDouble min, OptionalDouble max) {
        public Quantity {
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException(
                        "a quantity without min or max selects nothing; add one");
            }
        }
    }

    /// The first value along an axis at which the mean of a definition is within its bounds, for
    /// each line of cells that agree in the other axes. Lines that never get there are not
    /// selected.
    ///
    /// @param min the definition's least value beyond the threshold
    /// @param max the definition's greatest value beyond the threshold
    /// @param along the axis
    /// @param half keeps lines whose threshold stands in this half of the axis
    /// @param ratioMin keeps cells whose axis value is at least this many times the threshold's
    /// @param ratioMax keeps cells whose axis value is at most this many times the threshold's
    public record Threshold(
            String definition,
            OptionalDouble min,
            OptionalDouble max,
            String along,
            Optional<Half> half,
            OptionalDouble ratioMin,
            OptionalDouble ratioMax) {
        public Threshold {
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException(
                        "a threshold without min or max is nowhere; add one");
            }
        }

        boolean passed(double value) {
            return value >= min.orElse(Double.NEGATIVE_INFINITY)
                    && value <= max.orElse(Double.POSITIVE_INFINITY);
        }
    }

    /// The definitions that select.
    List<String> definitions() {
        java.util.ArrayList<String> all = new java.util.ArrayList<>();
        for (Quantity q : quantities.orElse(List.of())) {
            all.add(q.definition());
        }
        for (Threshold t : thresholds.orElse(List.of())) {
            all.add(t.definition());
        }
        return all;
    }
}
