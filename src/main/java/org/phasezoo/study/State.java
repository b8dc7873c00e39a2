package org.phasezoo.study;

/// The state of a member between two slices.
public interface State {
    /// Everything that [Study#restore] needs to go on with the same bits.
    Arrays save();
}
