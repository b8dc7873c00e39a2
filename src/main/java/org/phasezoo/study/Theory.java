package org.phasezoo.study;

/// A solved theory: a study without seeds, solved in one slice.
public interface Theory extends OneSlice {
    /// Computes and records every observable.
    void solve(Recorder out);

    @Override
    default void compute(Run run, Recorder out) {
        solve(out);
    }

    @Override
    default double multiplyAdds() {
        return 1e6;
    }

    @Override
    default boolean seeded() {
        return false;
    }
}
