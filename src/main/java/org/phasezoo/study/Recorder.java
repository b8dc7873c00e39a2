package org.phasezoo.study;

/// Where a study puts what it observes. One recorder belongs to one member.
public interface Recorder {
    /// One point of a series.
    void series(String definition, long step, double value);

    /// A scalar observable of the member. `seSample` is the standard error over the `nSample`
    /// independent draws inside the member (spins, examples); pass NaN and 0 where there is none.
    void scalar(String definition, double value, double seSample, long nSample);

    /// A scalar observable without a standard error of its own.
    default void scalar(String definition, double value) {
        scalar(definition, value, Double.NaN, 0);
    }

    /// A checkpoint to keep: `init`, `best`, `last` or an update number.
    void checkpoint(String name, long update, Arrays weights);

    /// The number of updates done so far.
    void updates(long updates);

    /// The member has diverged: a result, not an error. Nothing is recorded after it.
    void diverged(String reason);
}
