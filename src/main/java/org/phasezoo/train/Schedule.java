package org.phasezoo.train;

import java.util.List;

/// A factor of the learning rate as a function of progress, updates done ÷ updates in all, in [0,
/// 1).
public sealed interface Schedule {
    double factor(double progress);

    /// 1 throughout.
    record Constant() implements Schedule {
        @Override
        public double factor(double progress) {
            return 1;
        }
    }

    /// From 1 to `last` along a line: 1 − (1 − last) · progress.
    record Linear(double last) implements Schedule {
        public Linear {
            Ranges.fraction("last", last);
        }

        @Override
        public double factor(double progress) {
            return 1 - (1 - last) * progress;
        }
    }

    /// From 1 to `last` along half a cosine: last + (1 − last) · ½(1 + cos(π · progress)).
    ///
    /// *Source*: Loshchilov and Hutter, "SGDR", 2017, equation 5, one period.
    record Cosine(double last) implements Schedule {
        public Cosine {
            if (!(last >= 0 && last <= 1)) {
                throw new IllegalArgumentException("last " + last + " must lie in [0, 1]");
            }
        }

        @Override
        public double factor(double progress) {
            return last + (1 - last) * .5 * (1 + StrictMath.cos(StrictMath.PI * progress));
        }
    }

    /// Multiplied by `factor` at each of the `at` in turn.
    record Steps(List<Double> at, double factor) implements Schedule {
        public Steps {
            at = List.copyOf(at);
            for (int i = 0; i < at.size(); i++) {
                if (!(at.get(i) > (i == 0 ? 0 : at.get(i - 1)) && at.get(i) < 1)) {
                    throw new IllegalArgumentException("at " + at + " must ascend within (0, 1)");
                }
            }
            if (!(factor > 0)) {
                throw new IllegalArgumentException("factor " + factor + " must be above 0");
            }
        }

        @Override
        public double factor(double progress) {
            double value = 1;
            for (double step : at) {
                value *= progress >= step ? factor : 1;
            }
            return value;
        }
    }

    /// Linear from `first` to 1 over the first `share` of training, which may be 0, then another
    /// schedule over the rest.
    ///
    /// *Source*: Goyal et al., "Accurate, large minibatch SGD", 2017, section 2.2.
    record WarmUp(double share, double first, Schedule then) implements Schedule {
        public WarmUp {
            Ranges.fraction("share", share);
            Ranges.notNegative("first", first);
        }

        @Override
        public double factor(double progress) {
            return progress < share
                    ? first + (1 - first) * (progress / share)
                    : then.factor((progress - share) / (1 - share));
        }
    }

    /// From `first` up to 1 over the first `rise` of training and down to `last`, each along half a
    /// cosine.
    ///
    /// *Source*: Smith and Topin, "Super-convergence", 2019; the cosines as in PyTorch's
    /// OneCycleLR.
    record OneCycle(double rise, double first, double last) implements Schedule {
        public OneCycle {
            Ranges.positive("rise", rise);
            Ranges.fraction("rise", rise);
            Ranges.notNegative("first", first);
            Ranges.notNegative("last", last);
        }

        @Override
        public double factor(double progress) {
            return progress < rise
                    ? along(first, 1, progress / rise)
                    : along(1, last, (progress - rise) / (1 - rise));
        }
    }

    /// From `start` to `end` along half a cosine.
    static double along(double start, double end, double progress) {
        return end + (start - end) * .5 * (1 + StrictMath.cos(StrictMath.PI * progress));
    }
}
