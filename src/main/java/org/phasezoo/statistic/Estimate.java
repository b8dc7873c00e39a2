package org.phasezoo.statistic;

/// A statistic's value, with what is needed to test it against any bound.
///
/// A p-value `pAtMost(b)` speaks against "the truth is at most b", `pAtLeast(b)` against "the truth
/// is at least b". An estimate that is undefined (too few values, no variation) has a NaN value and
/// says why.
public sealed interface Estimate {
    double value();

    /// What the unit of the test is counted in: members, cells, rows.
    long n();

    /// The two-sided confidence interval at this level (for example .95), `NONE` where there is
    /// none.
    Interval interval(double level);

    double pAtMost(double bound);

    double pAtLeast(double bound);

    /// The smallest p-value that any data of this size could have given against a region's
    /// complement. For laws with a continuous test statistic it is 0.
    double attainableAtMost(double bound);

    double attainableAtLeast(double bound);

    /// The least and the greatest value that the statistic can take at all; a bound there excludes
    /// nothing.
    Interval support();

    /// The number of units at which an effect of this size would be decided at level α with
    /// probability about ½.
    long unitsThatWouldDecide(double boundDistance, double alpha);

    /// Why it is undefined.
    record Undefined(String why, long n) implements Estimate {
        @Override
        public double value() {
            return Double.NaN;
        }

        @Override
        public Interval interval(double level) {
            return Interval.NONE;
        }

        @Override
        public double pAtMost(double bound) {
            return 1;
        }

        @Override
        public double pAtLeast(double bound) {
            return 1;
        }

        @Override
        public double attainableAtMost(double bound) {
            return 1;
        }

        @Override
        public double attainableAtLeast(double bound) {
            return 1;
        }

        @Override
        public Interval support() {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }

        @Override
        public long unitsThatWouldDecide(double boundDistance, double alpha) {
            return n + 1;
        }
    }

    /// A deterministic quantity (an identity, a solved theory, a count): compared directly; p is 0
    /// or 1.
    record Exact(double value, long n) implements Estimate {
        @Override
        public Interval interval(double level) {
            return new Interval(value, value);
        }

        @Override
        public double pAtMost(double bound) {
            return value > bound ? 0 : 1;
        }

        @Override
        public double pAtLeast(double bound) {
            return value < bound ? 0 : 1;
        }

        @Override
        public double attainableAtMost(double bound) {
            return 0;
        }

        @Override
        public double attainableAtLeast(double bound) {
            return 0;
        }

        @Override
        public Interval support() {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }

        @Override
        public long unitsThatWouldDecide(double boundDistance, double alpha) {
            return n;
        }
    }

    /// An estimate with a standard error and t-distributed error.
    ///
    /// *Assumes* that (value − truth)/se follows Student's t with `df` degrees of freedom. *Least
    /// n*: df ≥ 1, se > 0.
    ///
    /// @param support the values that the statistic can take at all
    record Tee(double value, double se, double df, long n, Interval support) implements Estimate {
        public Tee {
            if (!(se > 0) || !(df > 0)) {
                throw new IllegalArgumentException(
                        "se " + se + " and df " + df + " must be above 0");
            }
        }

        public Tee(double value, double se, double df, long n) {
            this(
                    value,
                    se,
                    df,
                    n,
                    new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }

        @Override
        public Interval interval(double level) {
            double half = se * new StudentT(df).quantile(.5 + level / 2);
            return new Interval(value - half, value + half);
        }

        @Override
        public double pAtMost(double bound) {
            return new StudentT(df).upperTail((value - bound) / se);
        }

        @Override
        public double pAtLeast(double bound) {
            return new StudentT(df).upperTail((bound - value) / se);
        }

        @Override
        public double attainableAtMost(double bound) {
            return 0;
        }

        @Override
        public double attainableAtLeast(double bound) {
            return 0;
        }

        @Override
        public long unitsThatWouldDecide(double boundDistance, double alpha) {
            double z = Normal.quantile(1 - alpha) * se / boundDistance;
            return (long) Math.ceil(n * z * z);
        }
    }

    /// A number of successes among `n` independent trials, as the estimate of their probability.
    ///
    /// *Assumes* independent trials of one probability. *Least n*: 1. Exact binomial tests,
    /// Clopper–Pearson intervals.
    record Proportion(long successes, long n) implements Estimate {
        public Proportion {
            if (n < 1 || successes < 0 || successes > n) {
                throw new IllegalArgumentException(successes + " of " + n + " is no proportion");
            }
        }

        @Override
        public double value() {
            return (double) successes / n;
        }

        @Override
        public Interval interval(double level) {
            return Binomial.clopperPearson(successes, n, level);
        }

        @Override
        public double pAtMost(double bound) {
            return Binomial.atLeast(successes, n, bound);
        }

        @Override
        public double pAtLeast(double bound) {
            return Binomial.atMost(successes, n, bound);
        }

        @Override
        public double attainableAtMost(double bound) {
            return Binomial.atLeast(n, n, bound);
        }

        @Override
        public double attainableAtLeast(double bound) {
            return Binomial.atMost(0, n, bound);
        }

        @Override
        public Interval support() {
            return new Interval(0, 1);
        }

        @Override
        public long unitsThatWouldDecide(double boundDistance, double alpha) {
            double z = Normal.quantile(1 - alpha);
            double p = value() - boundDistance;
            double variance = Math.max(p * (1 - p), .01);
            return Math.max(
                    n, (long) Math.ceil(z * z * variance / (boundDistance * boundDistance)));
        }
    }

    /// A statistic whose null law about `center` is known exactly or by permutation, with a
    /// standard error for every other bound.
    ///
    /// Against a bound at the centre the permutation's p-value is used. Against a stricter bound
    /// the larger of the permutation's and the t-based p-value on the scale of `scale`; against a
    /// laxer bound the t-based one.
    ///
    /// @param greater p-value against "at most center"
    /// @param less p-value against "at least center"
    /// @param least the smallest p-value that a permutation of data of this size can give
    /// @param se standard error on `scale`; NaN where none is known
    record Permuted(
            double value,
            double center,
            double greater,
            double less,
            double least,
            double se,
            double df,
            long n,
            Scale scale,
            Interval support)
            implements Estimate {

        @Override
        public Interval interval(double level) {
            if (!(se > 0) || !(df > 0)) {
                return Interval.NONE;
            }
            double at = scale.to(value);
            double half = se * new StudentT(df).quantile(.5 + level / 2);
            return new Interval(
                    Math.max(scale.from(at - half), support.low()),
                    Math.min(scale.from(at + half), support.high()));
        }

        private double tail(double bound, double sign) {
            if (!(se > 0) || !(df > 0)) {
                return 1;
            }
            return new StudentT(df).upperTail(sign * (scale.to(value) - scale.to(bound)) / se);
        }

        @Override
        public double pAtMost(double bound) {
            if (bound == center) {
                return greater;
            }
            return bound > center ? Math.max(greater, tail(bound, 1)) : tail(bound, 1);
        }

        @Override
        public double pAtLeast(double bound) {
            if (bound == center) {
                return less;
            }
            return bound < center ? Math.max(less, tail(bound, -1)) : tail(bound, -1);
        }

        @Override
        public double attainableAtMost(double bound) {
            return bound >= center ? least : 0;
        }

        @Override
        public double attainableAtLeast(double bound) {
            return bound <= center ? least : 0;
        }

        @Override
        public long unitsThatWouldDecide(double boundDistance, double alpha) {
            if (!(se > 0)) {
                return 2 * n;
            }
            double onScale = Math.abs(scale.to(value) - scale.to(value - boundDistance));
            double z = Normal.quantile(1 - alpha) * se / onScale;
            return Math.max(n, (long) Math.ceil(n * z * z));
        }
    }

    /// The scale on which an estimate's error is symmetric.
    enum Scale {
        /// as it is
        IDENTITY,
        /// Fisher's z = atanh, for correlations
        FISHER;

        double to(double x) {
            if (this == IDENTITY) {
                return x;
            }
            double inside = Math.clamp(x, -1 + 1e-9, 1 - 1e-9);
            return .5 * StrictMath.log((1 + inside) / (1 - inside));
        }

        double from(double z) {
            return this == IDENTITY ? z : StrictMath.tanh(z);
        }
    }
}
