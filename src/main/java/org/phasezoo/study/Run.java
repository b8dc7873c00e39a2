package org.phasezoo.study;

import org.phasezoo.random.Key;

/// What a member is besides its settings: its place in the grid, which alone decides its draws.
public interface Run {
    /// The key of this member's draws for a purpose. Purposes in `shares` leave out the axes (or
    /// the seed) they name, so that neighbouring cells share those draws.
    Key key(String purpose);
}
