package org.phasezoo.study.gaussian;

import org.phasezoo.study.Arrays;
import org.phasezoo.study.State;

/// The risk curves found so far; the features are drawn again.
public record FrontierState(PowerLawFeatures features, Tally found) implements State {
    @Override
    public Arrays save() {
        return found.save();
    }
}
