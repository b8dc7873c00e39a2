package org.phasezoo.study.particle;

/// Steps of ∂µ = ∇·(µ∇u) + τ Δµ on n places of the circle, implicit, with Scharfetter and Gummel's
/// fluxes: laws stay laws, and exp(−u/τ) stands still, whatever the step.
///
/// *Source*: Scharfetter, Gummel, IEEE Transactions on Electron Devices 16 (1969) 64–77.
final class CircleFlow {
    private CircleFlow() {}

    /// One step of `law`, in place.
    static void step(double[] law, double[] u, double temperature, double time) {
        int n = law.length;
        double width = 2 * StrictMath.PI / n;
        double scale = time * temperature / (width * width);
        double[] lower = new double[n];
        double[] diagonal = new double[n];
        double[] upper = new double[n];
        java.util.Arrays.fill(diagonal, 1);
        for (int i = 0; i < n; i++) {
            int next = i + 1 == n ? 0 : i + 1;
            double delta = (u[next] - u[i]) / temperature;
            double out = scale * bernoulli(delta);
            double back = scale * bernoulli(-delta);
            diagonal[i] += out;
            upper[i] -= back;
            diagonal[next] += back;
            lower[next] -= out;
        }
        solveCyclic(lower, diagonal, upper, law);
        for (int i = 0; i < n; i++) {
            law[i] = Math.max(law[i], 0);
        }
        Laws.normalised(law);
    }

    private static double bernoulli(double z) {
        return Math.abs(z) < 1e-8 ? 1 - z / 2 : z / StrictMath.expm1(z);
    }

    /// Thomas' elimination with Sherman and Morrison's correction for the two corners.
    static void solveCyclic(double[] lower, double[] diagonal, double[] upper, double[] b) {
        int n = b.length;
        double corner = -diagonal[0];
        double bottom = upper[n - 1];
        double top = lower[0];
        double[] d = diagonal.clone();
        d[0] -= corner;
        d[n - 1] -= bottom * top / corner;
        double[] z = new double[n];
        z[0] = corner;
        z[n - 1] = bottom;
        double[] ratio = new double[n];
        for (int i = 0; i < n; i++) {
            double pivot = i == 0 ? d[0] : d[i] - lower[i] * ratio[i - 1];
            ratio[i] = i + 1 < n ? upper[i] / pivot : 0;
            b[i] = (b[i] - (i == 0 ? 0 : lower[i] * b[i - 1])) / pivot;
            z[i] = (z[i] - (i == 0 ? 0 : lower[i] * z[i - 1])) / pivot;
        }
        for (int i = n - 2; i >= 0; i--) {
            b[i] -= ratio[i] * b[i + 1];
            z[i] -= ratio[i] * z[i + 1];
        }
        double factor = (b[0] + top * b[n - 1] / corner) / (1 + z[0] + top * z[n - 1] / corner);
        for (int i = 0; i < n; i++) {
            b[i] -= factor * z[i];
        }
    }
}
