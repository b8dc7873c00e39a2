package org.phasezoo.claim;

import java.util.Optional;
import java.util.OptionalDouble;

/// What is computed from the selected cells. The JSON `kind` is the name in kebab case.
public sealed interface Statistic {
    /// A change of scale, made on each value before it enters a mean.
    enum Transform {
        /// the absolute value
        ABS,
        /// the natural logarithm; values that are not positive have none
        LN;

        double of(double x) {
            return switch (this) {
                case ABS -> Math.abs(x);
                case LN -> x > 0 ? StrictMath.log(x) : Double.NaN;
            };
        }
    }

    /// Another quantity: a definition, of another population where one is named (joined on the axes
    /// they share).
    record Reference(String definition, Optional<String> population) {}

    /// The mean over the selected cells.
    record Mean(Optional<Transform> transform) implements Statistic {}

    /// The mean over the selected cells minus the mean over those that `against` selects. After
    /// `ln` it is a log ratio.
    record Difference(Selection against, Optional<Transform> transform) implements Statistic {}

    /// The proportion of selected cells whose mean is strictly above, or strictly below, a value.
    record Sign(OptionalDouble above, OptionalDouble below) implements Statistic {
        public Sign {
            if (above.isPresent() == below.isPresent()) {
                throw new IllegalArgumentException(
                        "above and below: exactly one is needed; remove or add one");
            }
        }
    }

    /// The proportion of selected cells whose mean is within `margin` of the reference.
    record Agreement(Reference reference, double margin) implements Statistic {
        public Agreement {
            if (!(margin > 0)) {
                throw new IllegalArgumentException("margin is " + margin + "; write one above 0");
            }
        }
    }

    /// The mean over the selected cells of the absolute difference from the reference.
    record Deviation(Reference reference) implements Statistic {}

    /// Spearman's correlation with another quantity over the selected cells.
    record Spearman(Reference with) implements Statistic {}

    /// The same given both axes of the map.
    record PartialSpearman(Reference with) implements Statistic {}

    /// The mean over lines of cells of Spearman's correlation with the place along an axis (Page's
    /// trend).
    record Trend(String along) implements Statistic {}

    /// The probability that a selected cell exceeds a cell that `against` selects.
    record MannWhitney(Selection against) implements Statistic {}

    /// The mean over lines of the step at a threshold minus the line's other steps.
    record ChangePoint(Selection.Threshold threshold, Optional<Transform> transform)
            implements Statistic {}

    /// The proportion of lines along an axis whose best cell on the *selecting* seeds is better
    /// than both ends of the line on the tested ones.
    record InteriorOptimum(String along) implements Statistic {}

    /// The log-log slope, against one axis, of the value of another axis at which the quantity
    /// rises through a level.
    record CrossingSlope(String along, double level, String against) implements Statistic {}
}
