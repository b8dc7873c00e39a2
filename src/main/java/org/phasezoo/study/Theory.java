package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;

/// A solved theory: a study without seeds, whose one slice computes everything.
public interface Theory extends Study<Theory.Solved> {
    /// Nothing is kept between slices: there is one.
    final class Solved implements State {
        @Override
        public Arrays save() {
            return new Arrays(new LinkedHashMap<>());
        }
    }

    /// Computes and records every observable.
    void solve(Recorder out);

    @Override
    default Solved start(Run run) {
        return new Solved();
    }

    @Override
    default Solved restore(Run run, Arrays saved) {
        return new Solved();
    }

    @Override
    default boolean advance(Solved state, Run run, Recorder out) {
        solve(out);
        out.updates(1);
        return false;
    }

    /// One revision, under the name of the kind.
    @Override
    default SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        revisions.put(Binder.kebab(getClass().getSimpleName()), 1);
        return revisions;
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
