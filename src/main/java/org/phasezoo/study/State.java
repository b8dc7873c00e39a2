package org.phasezoo.study;

/// The state of a member between two slices.
public interface State {
    /// Everything that [Study#restore] needs to go on with the same bits.
    Arrays save();

    /// The memory of its programs; of a state that holds none between slices nothing.
    default Footprint footprint() {
        return Footprint.NONE;
    }
}
