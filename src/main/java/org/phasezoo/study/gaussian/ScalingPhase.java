package org.phasezoo.study.gaussian;

/// The phases of compute-optimal scaling of [PowerLawFeatures] for 2α > 1, with their exponents: d*
/// ~ f^ξ, P* ~ f^{−η}.
///
/// *Source*: Paquette, Paquette, Xiao, Pennington, 4+3 phases of compute-optimal neural scaling
/// laws, 2024; exponents by memory and re-derived by balancing terms.
enum ScalingPhase {
    /// 2β < 1: capacity against the population's bias
    ONE,
    /// ½ < β < α
    TWO,
    /// β > α: the noise of SGD rules
    THREE;

    static ScalingPhase of(double alpha, double beta) {
        return beta < .5 ? ONE : beta < alpha ? TWO : THREE;
    }

    /// The phase whose exponents at these α, β are nearest (Euclid); the one they lie in where no
    /// distance is a number.
    static ScalingPhase nearest(double alpha, double beta, double xi, double eta) {
        double nearest = Double.POSITIVE_INFINITY;
        ScalingPhase label = of(alpha, beta);
        for (ScalingPhase p : values()) {
            double dx = xi - p.size(alpha, beta);
            double dy = eta - p.loss(alpha, beta);
            if (dx * dx + dy * dy < nearest) {
                nearest = dx * dx + dy * dy;
                label = p;
            }
        }
        return label;
    }

    /// ξ.
    double size(double alpha, double beta) {
        return switch (this) {
            case ONE -> 1 / (2 * alpha + 1);
            case TWO -> beta / (alpha + beta);
            case THREE -> .5;
        };
    }

    /// η.
    double loss(double alpha, double beta) {
        return switch (this) {
            case ONE -> (2 * alpha + 2 * beta - 1) / (2 * alpha + 1);
            case TWO -> (2 * alpha + 2 * beta - 1) / (2 * (alpha + beta));
            case THREE -> (4 * alpha - 1) / (4 * alpha);
        };
    }

    /// The exponent of the risk's floor in the size of the model.
    static double floor(double alpha, double beta) {
        return -2 * alpha + Math.max(0, 1 - 2 * beta);
    }
}
