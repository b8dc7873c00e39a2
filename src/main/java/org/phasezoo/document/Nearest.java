package org.phasezoo.document;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// The known name nearest to a mistyped one, by edit distance.
public final class Nearest {
    private Nearest() {}

    /// The nearest of `names` if at most a third of the word (and at least two letters) is amiss;
    /// the first of equals.
    public static Optional<String> of(String word, Collection<String> names) {
        String best = null;
        int least = Math.max(2, word.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(word.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /// A mend for an unknown name: the nearest known one, or all of them.
    public static String mend(String word, Collection<String> names) {
        return of(word, names)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() ->
                        names.isEmpty() ? "remove it" : "known here: " + String.join(", ", names));
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 20) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
