package org.phasezoo;

/// The exit codes of the command line.
final class Exit {
    static final int OK = 0;
    static final int INTERNAL = 1;
    static final int USAGE = 2;
    static final int INVALID = 3;
    static final int MISMATCH = 4;
    static final int FAILED_MEMBERS = 5;
    static final int UNAVAILABLE = 6;
    static final int BUSY = 7;

    private Exit() {}
}
