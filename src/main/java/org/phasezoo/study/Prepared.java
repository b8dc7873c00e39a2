package org.phasezoo.study.dynamics;

import org.phasezoo.study.Arrays;
import org.phasezoo.study.Saved;
import org.phasezoo.study.State;

/// What a member carries from step to step beside what it is given once: the latter is drawn again
/// from its keys and not saved.
public final class Prepared<T> implements State {
    private final T given;
    private final Saved carried;

    Prepared(T given, Saved carried) {
        this.given = given;
        this.carried = carried;
    }

    T given() {
        return given;
    }

    Saved carried() {
        return carried;
    }

    @Override
    public Arrays save() {
        return carried.save();
    }
}
