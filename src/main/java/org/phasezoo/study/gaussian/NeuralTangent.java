package org.phasezoo.study.gaussian;

import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.study.Power;

/// The kernels of an infinitely wide net in the NTK parametrisation: Σ of its outputs at
/// initialisation and Θ of its gradient flow.
///
/// *Definition*: h₁ = √(1 − β²)/√n₀ W x + β b, h_{l+1} = √(1 − β²)/√n W √g φ(h_l) + β b, all
/// weights and biases standard normal, g = 2 for ReLU and 1 for erf. Σ¹ = (1 − β²) x·x'/n₀ + β² =
/// Θ¹; Σ^{l+1} = (1 − β²) g E φφ' + β², Θ^{l+1} = Σ^{l+1} + (1 − β²) g E φ̇φ̇' Θ^l, the means under
/// the normal law of covariance Σ^l, in closed form.
///
/// *Source*: Jacot, Gabriel, Hongler, Neural tangent kernel, 2018, theorem 1; the means of Cho and
/// Saul, 2009 (ReLU) and Williams, 1997 (erf).
///
/// @param layers weight layers, so layers − 1 hidden ones
record NeuralTangent(Activation activation, int layers, double bias) {
    /// Refuses an activation without closed kernel and a bias that is no share.
    static void refuse(Activation activation, double bias) {
        if (activation != Activation.RELU && activation != Activation.ERF) {
            throw new IllegalArgumentException(
                    "activation " + activation + " has no closed kernel here; choose relu or erf");
        }
        if (!(bias >= 0 && bias < 1)) {
            throw new IllegalArgumentException(
                    "bias is " + bias + "; choose one from 0 to below 1");
        }
    }

    /// Angles of n equidistant points of the circle, from 0.
    static double[] equidistant(int n) {
        double[] angles = new double[n];
        for (int i = 0; i < n; i++) {
            angles[i] = 2 * StrictMath.PI * i / n;
        }
        return angles;
    }

    /// g.
    static double gain(Activation activation) {
        return activation == Activation.RELU ? 2 : 1;
    }

    /// Σ and Θ at two inputs of the unit circle with angle `angle` between them.
    double[] onCircle(double angle) {
        double c = 1 - bias * bias;
        double q = c / 2 + bias * bias;
        double r = c * StrictMath.cos(angle) / 2 + bias * bias;
        double theta = r;
        for (int layer = 1; layer < layers; layer++) {
            double[] dual = dual(q, r);
            double[] own = dual(q, q);
            r = c * gain(activation) * dual[0] + bias * bias;
            q = c * gain(activation) * own[0] + bias * bias;
            theta = r + c * gain(activation) * dual[1] * theta;
        }
        return new double[] {r, theta};
    }

    /// E φ(u)φ(v) and E φ̇(u)φ̇(v) for normal u, v of variance q and covariance r.
    private double[] dual(double q, double r) {
        if (activation == Activation.RELU) {
            double cosine = Math.clamp(r / q, -1, 1);
            double angle = StrictMath.acos(cosine);
            double sine = Math.sqrt(1 - cosine * cosine);
            return new double[] {
                q / (2 * StrictMath.PI) * (sine + (StrictMath.PI - angle) * cosine),
                (StrictMath.PI - angle) / (2 * StrictMath.PI)
            };
        }
        double unit = 1 + 2 * q;
        return new double[] {
            2 / StrictMath.PI * StrictMath.asin(2 * r / unit),
            4 / StrictMath.PI / Math.sqrt(unit * unit - 4 * r * r)
        };
    }

    /// The matrix of Σ (`which` = 0) or Θ (1) over angles.
    double[] matrix(double[] angles, int which) {
        int n = angles.length;
        double[] m = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            m[i] = onCircle(angles[i / n] - angles[i % n])[which];
        }
        return m;
    }

    /// Mean and variance of the net's output at an angle after `steps` steps of gradient descent of
    /// rate η on the mean squared error over 2: f₀ + A (y − f₀(X)), A = Θ(x, X) Θ⁻¹ (1 − (1 −
    /// ηΘ/N)^steps).
    double[] trained(double[] angles, double[] targets, double at, double rate, int steps) {
        int n = angles.length;
        double[] values = matrix(angles, 1);
        double[] vectors = new double[n * n];
        SymmetricEigen.decompose(values, n, vectors);
        double[] weight = new double[n];
        for (int k = 0; k < n; k++) {
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += vectors[i * n + k] * onCircle(at - angles[i])[1];
            }
            double lambda = values[k * n + k];
            double learnt = (1 - Power.of(1 - rate * lambda / n, steps)) / lambda;
            for (int i = 0; i < n; i++) {
                weight[i] += vectors[i * n + k] * along * learnt;
            }
        }
        double[] sigma = matrix(angles, 0);
        double mean = 0;
        double variance = onCircle(0)[0];
        for (int i = 0; i < n; i++) {
            mean += weight[i] * targets[i];
            variance -= 2 * weight[i] * onCircle(at - angles[i])[0];
            for (int j = 0; j < n; j++) {
                variance += weight[i] * sigma[i * n + j] * weight[j];
            }
        }
        return new double[] {mean, variance};
    }
}
