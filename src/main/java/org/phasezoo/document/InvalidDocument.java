package org.phasezoo.document;

import java.util.List;

/// A document that was refused, with all its problems at once. Exit code 3 on the command line.
public final class InvalidDocument extends RuntimeException {
    private final transient List<Problem> problems;

    public InvalidDocument(List<Problem> problems) {
        super(
                problems.getFirst().file()
                        + " "
                        + problems.getFirst().pointer()
                        + ": "
                        + problems.getFirst().problem());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
