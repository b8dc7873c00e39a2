package org.phasezoo.study;

/// What a member carries from step to step beside what it is given once: the latter is drawn again
/// from its keys and not saved.
public final class Prepared<T> implements State {
    private final T given;
    private final Saved carried;

    public Prepared(T given, Saved carried) {
        this.given = given;
        this.carried = carried;
    }

    public T given() {
        return given;
    }

    public Saved carried() {
        return carried;
    }

    @Override
    public Arrays save() {
        return carried.save();
    }
}
