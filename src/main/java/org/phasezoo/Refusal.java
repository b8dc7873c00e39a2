package org.phasezoo;

import java.util.List;
import org.phasezoo.document.Problem;

/// A run that ends early, with its exit code, its word in `{"error": {"code": …}}`, one line that
/// says why, and problems if there are several.
final class Refusal extends RuntimeException {
    private final int exit;
    private final String code;
    private final transient List<Problem> problems;

    Refusal(int exit, String code, String message) {
        this(exit, code, message, List.of());
    }

    Refusal(int exit, String code, String message, List<Problem> problems) {
        super(message);
        this.exit = exit;
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    static Refusal usage(String message) {
        return new Refusal(Exit.USAGE, "usage", message);
    }

    static Refusal mismatch(String message, List<Problem> problems) {
        return new Refusal(Exit.MISMATCH, "mismatch", message, problems);
    }

    int exit() {
        return exit;
    }

    String code() {
        return code;
    }

    List<Problem> problems() {
        return problems;
    }
}
