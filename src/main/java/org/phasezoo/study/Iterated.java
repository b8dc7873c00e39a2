package org.phasezoo.study;

/// A study whose member is rows of numbers and a count of steps, and nothing else.
public interface Iterated extends Study<Saved> {
    @Override
    default Saved restore(Run run, Arrays saved) {
        return Saved.restore(saved);
    }
}
