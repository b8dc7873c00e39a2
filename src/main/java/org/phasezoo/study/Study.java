package org.phasezoo.study;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;
import org.phasezoo.train.Footprint;

/// A kind of system. Its record components are its settings; it holds nothing else.
public interface Study<S extends State> {
    /// What it records, known before anything runs.
    List<Observable> observables();

    /// Draws and resolved inputs; nothing is advanced yet.
    S start(Run run);

    /// One slice of at most about a second; false when the member is finished.
    boolean advance(S state, Run run, Recorder out);

    /// The state that `saved` was taken from, bit for bit.
    S restore(Run run, Arrays saved);

    /// The revision of each op and law whose bits this study's results depend on; part of a
    /// member's identity. By default the first of the kind itself and, where it draws, of the
    /// draws.
    default SequencedMap<String, Integer> revisions() {
        String kind = Binder.kebab(getClass().getSimpleName());
        return seeded() ? Revisions.first(kind, "philox") : Revisions.first(kind);
    }

    /// An estimate of the member's work in multiply-adds, for plans and progress.
    double multiplyAdds();

    /// The program of one update of a member's net, or of its gradients where only they are
    /// measured; empty where a member runs no such program.
    default Optional<UpdateProgram> update(Run run) {
        return Optional.empty();
    }

    /// The memory of the programs that a member runs, for plans: by default of [#update] alone.
    default Footprint footprint(Run run) {
        return update(run)
                .map(update -> Footprint.of(update.program(), update.precision()))
                .orElse(Footprint.NONE);
    }

    /// Whether a member draws at all; a solved theory does not, and has one member a cell without a
    /// seed.
    default boolean seeded() {
        return true;
    }
}
