package org.phasezoo.study.gaussian;

import java.util.LinkedHashMap;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.State;

/// The state of a solved theory: nothing is kept between slices, for there is one.
public final class Solved implements State {
    Solved() {}

    @Override
    public Arrays save() {
        return new Arrays(new LinkedHashMap<>());
    }
}
