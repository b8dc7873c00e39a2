package org.phasezoo.claim;

import org.phasezoo.suite.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.phasezoo.statistic.Estimate;
import org.phasezoo.statistic.Holm;
import org.phasezoo.statistic.Interval;

/// Judges claims: two tests, one verdict.
///
/// A claim's statistic is tested against "it does not hold" and against "it does not fail". Both p-values of the primary
/// claims are adjusted by Holm's method, each family over all primary claims that could be evaluated; those of secondary
/// claims are not adjusted. The first rejected at α = .05 is `holds`, the second `fails`, neither `undecided`. Where the
/// smallest p-value that data of this size could give exceeds α (divided by the number of primary claims for a primary
/// one) in both tests, or the statistic is undefined, or a selected cell is missing: `not evaluated`.
public final class Judge {
    public static final double ALPHA = .05;

    private Judge() {}

    /// The verdicts, in the order of the claims.
    ///
    /// @param scope the suite's scope, which a claim may override
    public static Verdicts judge(Claims claims, Evidence evidence, Profile.Scope scope) {
        List<Claim> list = claims.list();
        List<Estimate> estimates =
                list.stream().map(c -> Evaluation.of(c, evidence)).toList();
        long primary =
                list.stream().filter(c -> c.kind() == Claim.Kind.PRIMARY).count();
        List<Integer> adjusted = new ArrayList<>();
        double[] holds = new double[list.size()];
        double[] fails = new double[list.size()];
        boolean[] evaluated = new boolean[list.size()];
        for (int i = 0; i < list.size(); i++) {
            Claim claim = list.get(i);
            Estimate e = estimates.get(i);
            double least = Math.min(
                    claim.holdsRegion().attainable(e), claim.failsRegion().attainable(e));
            evaluated[i] = !(e instanceof Estimate.Undefined) && least <= alpha(claim, primary);
            holds[i] = claim.holdsRegion().pOutside(e);
            fails[i] = claim.failsRegion().pOutside(e);
            if (evaluated[i] && claim.kind() == Claim.Kind.PRIMARY) {
                adjusted.add(i);
            }
        }
        adjust(holds, adjusted);
        adjust(fails, adjusted);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Claim claim = list.get(i);
            verdicts.add(
                    evaluated[i]
                            ? decided(claim, claim.scope().orElse(scope), estimates.get(i), holds[i], fails[i])
                                    .because(Evaluation.note(claim, evidence))
                            : notEvaluated(claim, claim.scope().orElse(scope), estimates.get(i), alpha(claim, primary)));
        }
        return new Verdicts(verdicts);
    }

    private static double alpha(Claim claim, long primary) {
        return claim.kind() == Claim.Kind.PRIMARY ? ALPHA / primary : ALPHA;
    }

    private static void adjust(double[] p, List<Integer> which) {
        double[] family = which.stream().mapToDouble(i -> p[i]).toArray();
        double[] adjusted = Holm.adjust(family);
        for (int k = 0; k < adjusted.length; k++) {
            p[which.get(k)] = adjusted[k];
        }
    }

    private static Verdict decided(Claim claim, Profile.Scope scope, Estimate e, double holds, double fails) {
        Verdict.Outcome outcome = holds <= ALPHA
                ? Verdict.Outcome.HOLDS
                : fails <= ALPHA ? Verdict.Outcome.FAILS : Verdict.Outcome.UNDECIDED;
        Interval interval = e.interval(.95);
        String why =
                switch (outcome) {
                    case HOLDS -> e instanceof Estimate.Exact
                            ? "compared directly: " + number(e.value()) + " lies in the region where it holds"
                            : "that it does not hold is rejected, " + p(holds, claim);
                    case FAILS -> e instanceof Estimate.Exact
                            ? "compared directly: " + number(e.value()) + " lies in the region where it fails"
                            : "that it does not fail is rejected, " + p(fails, claim);
                    case UNDECIDED -> undecided(claim, e, interval);
                    case NOT_EVALUATED -> throw new IllegalStateException("decided");
                };
        return new Verdict(claim, scope, outcome, e.value(), interval, e.n(), holds, fails, why);
    }

    private static String undecided(Claim claim, Estimate e, Interval interval) {
        String found = Double.isNaN(interval.low())
                ? number(e.value())
                : number(e.value()) + " [" + number(interval.low()) + ", " + number(interval.high()) + "]";
        Region holds = claim.holdsRegion();
        Region fails = claim.failsRegion();
        double depth = Math.max(holds.depth(e.value()), fails.depth(e.value()));
        String needed = depth > 0 && Double.isFinite(depth)
                ? "; about " + Math.max(e.n() + 1, e.unitsThatWouldDecide(depth, ALPHA))
                        + " units would decide if the value stays"
                : "; it lies between the two regions, so more units would not decide";
        return "neither is rejected at n = " + e.n() + ": " + found + needed;
    }

    private static Verdict notEvaluated(Claim claim, Profile.Scope scope, Estimate e, double alpha) {
        String why = e instanceof Estimate.Undefined(String reason, _)
                ? reason
                : "n = " + e.n() + " is too small: the smallest p-value it can give exceeds " + number(alpha);
        return new Verdict(
                claim,
                scope,
                Verdict.Outcome.NOT_EVALUATED,
                e.value(),
                Interval.NONE,
                e.n(),
                Double.NaN,
                Double.NaN,
                why);
    }

    private static String p(double p, Claim claim) {
        String how = claim.kind() == Claim.Kind.PRIMARY ? " (Holm)" : " (unadjusted)";
        return (p < .0001 ? "p < 0.0001" : "p = " + String.format(Locale.ROOT, "%.4f", p)) + how;
    }

    static String number(double x) {
        return String.format(Locale.ROOT, "%.3g", x);
    }
}
