package org.phasezoo.study.gaussian;

import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.graph.Op;
import org.phasezoo.study.Revisions;
import org.phasezoo.study.State;
import org.phasezoo.study.Study;

/// A study that computes values of an [Activation]: with erf, its bits depend on the error
/// function, which is that of the op.
interface Activated<S extends State> extends Study<S> {
    Activation activation();

    @Override
    default SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = Study.super.revisions();
        if (activation() == Activation.ERF) {
            revisions.putAll(Revisions.of(List.of(new Op.Erf())));
        }
        return revisions;
    }
}
