package org.phasezoo.claim;

import org.phasezoo.suite.Profile;
import org.phasezoo.statistic.Interval;

/// What the judge says about a claim.
///
/// @param outcome one of four
/// @param value the statistic; NaN where it is undefined
/// @param interval its 95 % interval; NaN ends where there is none
/// @param n the number of units behind it
/// @param pHolds p-value against "it does not hold", adjusted over the primary claims; NaN where not evaluated
/// @param pFails p-value against "it does not fail", likewise
/// @param why the reason in one sentence
public record Verdict(
        Claim claim,
        Profile.Scope scope,
        Outcome outcome,
        double value,
        Interval interval,
        long n,
        double pHolds,
        double pFails,
        String why) {

    public enum Outcome {
        HOLDS("holds"),
        FAILS("fails"),
        UNDECIDED("undecided"),
        NOT_EVALUATED("not evaluated");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// The verdict with something more to its reason.
    Verdict because(String more) {
        return new Verdict(claim, scope, outcome, value, interval, n, pHolds, pFails, why + more);
    }

    /// The words for a report. *Reproduced* stands only for a registered primary claim in exact scope.
    public String words() {
        boolean may = scope == Profile.Scope.EXACT && claim.registered() && claim.kind() == Claim.Kind.PRIMARY;
        return switch (outcome) {
            case HOLDS -> may ? "reproduced" : "holds here (" + scopeText() + ")";
            case FAILS -> may ? "not reproduced" : "fails here (" + scopeText() + ")";
            case UNDECIDED, NOT_EVALUATED -> outcome.text();
        };
    }

    public String scopeText() {
        return scope.name().toLowerCase(java.util.Locale.ROOT);
    }
}
