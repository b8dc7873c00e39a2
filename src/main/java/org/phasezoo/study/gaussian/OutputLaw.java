package org.phasezoo.study.gaussian;

import org.phasezoo.study.Power;

/// A symmetric law of output weights with variance 1.
public enum OutputLaw {
    /// the standard normal law
    NORMAL,
    /// uniform on [−√3, √3]
    UNIFORM,
    /// ±1 with equal probability
    SIGN;

    /// E v^k for even k.
    double moment(int k) {
        return switch (this) {
            case NORMAL -> Activation.oddFactorial(k - 1);
            case UNIFORM -> Power.of(3, k / 2) / (k + 1);
            case SIGN -> 1;
        };
    }
}
