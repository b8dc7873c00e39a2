package org.phasezoo.suite;

import java.util.Optional;

/// A figure that a suite asks for.
///
/// @param kind how it is drawn
/// @param definition the quantity it shows; for [Kind#PHASE_MAP] the one under the phase borders
/// @param population whose rows; the suite's first population when absent
/// @param checkpoint which rows, when a quantity is measured at several checkpoints
/// @param x the horizontal axis or quantity; by default the axis with the role `load` (maps, lines)
///   or the step (series)
/// @param scale `linear` (default), `log` (natural logarithm), or `diverging` around 0
/// @param published a baseline of the suite (`baselines/….csv`) drawn beside it
public record Figure(
        String id,
        Kind kind,
        String definition,
        Optional<String> title,
        Optional<String> caption,
        Optional<String> population,
        Optional<String> checkpoint,
        Optional<String> x,
        Optional<Scale> scale,
        Optional<String> published) {

    /// How a figure is drawn.
    public enum Kind {
        /// a heat map over load × temperature with the borders and labels of the phases
        PHASE_MAP,
        /// a heat map over load × temperature
        MAP,
        /// a quantity of cells against an axis, one line for each value of the other
        LINES,
        /// a series against its steps, one line a cell
        SERIES,
        /// measured functions, one line a subject
        CURVES,
        /// a quantity against another, one point a cell
        SCATTER
    }

    /// How values become positions or colours.
    public enum Scale {
        LINEAR,
        LOG,
        DIVERGING
    }
}
