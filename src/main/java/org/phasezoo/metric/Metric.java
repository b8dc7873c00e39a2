package org.phasezoo.metric;

import java.util.List;
import java.util.function.Function;
import org.phasezoo.random.Key;
import org.phasezoo.train.Footprint;

/// A landscape metric: its record components are its settings; it holds nothing else.
public interface Metric {
    /// What it is measured on.
    enum Subject {
        /// each member
        MEMBER,
        /// each unordered pair of members of a cell, in ascending seed order
        PAIR,
        /// all members of a cell together
        CELL
    }

    Subject subject();

    /// The definition ids of the values and curves it gives, known before anything runs.
    List<String> definitions();

    /// Whether it is defined for nets that keep running statistics (batch norm).
    default boolean takesRunningStatistics() {
        return true;
    }

    /// Measures one subject.
    ///
    /// @param nets one net for MEMBER, two for PAIR, all of the cell's for CELL
    /// @param keys the key of a purpose (`<definition>/<what>`) for this subject
    Measured measure(List<? extends Net> nets, Function<String, Key> keys);

    /// The memory of the programs that it holds at once on such nets, and of what these are trained
    /// on.
    Footprint footprint(List<? extends Net> nets);

    /// An estimate of the work in multiply-adds on such nets, for plans and progress.
    double multiplyAdds(List<? extends Net> nets);
}
