package org.phasezoo.study;

import java.util.LinkedHashMap;

/// A study whose one slice computes everything.
public interface OneSlice extends Study<OneSlice.Nothing> {
    /// Nothing is kept between slices: there is one.
    final class Nothing implements State {
        @Override
        public Arrays save() {
            return new Arrays(new LinkedHashMap<>());
        }
    }

    /// Computes and records every observable.
    void compute(Run run, Recorder out);

    @Override
    default Nothing start(Run run) {
        return new Nothing();
    }

    @Override
    default Nothing restore(Run run, Arrays saved) {
        return new Nothing();
    }

    @Override
    default boolean advance(Nothing state, Run run, Recorder out) {
        compute(run, out);
        out.updates(1);
        return false;
    }
}
