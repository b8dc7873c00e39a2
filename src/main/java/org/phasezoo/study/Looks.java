package org.phasezoo.study;

import org.phasezoo.engine.Workspace;

/// Looks at a net while it trains, which may end its training.
public interface Looks {
    /// Whether to look at the net after so many updates. It is asked at 0, and looked at after the
    /// last update in any case.
    boolean due(long update);

    /// Looks at the net after [Saved#step] updates, and carries in `at` what later looks need.
    ///
    /// @return whether training ends here
    boolean look(Seen seen, Saved at, Recorder out);

    /// A net as it is looked at.
    ///
    /// @param loss of the batch of the next update
    /// @param parameters one after the other
    /// @param outputs what the program of an update tells, on that batch
    /// @param last whether no update is left
    record Seen(double loss, double[] parameters, Workspace outputs, boolean last) {}
}
