package org.phasezoo.document;

import java.util.ArrayList;
import java.util.List;

/// The problems found so far in one document. Readers go on past a problem, so that a user sees all
/// of them at once.
public final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /// @param file the document's name as the user wrote it
    public Problems(String file) {
        this.file = file;
    }

    /// The document's name.
    public String file() {
        return file;
    }

    /// Notes a problem, unless the same one stands already. The document itself has the pointer
    /// `/`.
    public void add(String pointer, String problem, String mend) {
        Problem next = new Problem(file, pointer.isEmpty() ? "/" : pointer, problem, mend);
        if (!found.contains(next)) {
            found.add(next);
        }
    }

    /// Takes over what was found elsewhere.
    public void addAll(List<Problem> others) {
        for (Problem other : others) {
            if (!found.contains(other)) {
                found.add(other);
            }
        }
    }

    public List<Problem> list() {
        return List.copyOf(found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// @throws InvalidDocument when there are any
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidDocument(found);
        }
    }
}
