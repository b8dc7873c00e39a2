package org.phasezoo.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.phasezoo.kernel.SymmetricEigen;

/// Lanczos iteration for the largest eigenvalue of a symmetric operator, with full
/// reorthogonalisation (twice).
///
/// *Source*: Golub and Van Loan, Matrix Computations, 4th edition, section 10.1; the residual bound
/// is its equation 10.1.8.
final class Lanczos {
    private Lanczos() {}

    /// A Ritz pair.
    ///
    /// @param residual ‖A·vector − value·vector‖, which bounds the distance of `value` to an
    ///   eigenvalue
    record Pair(double value, double[] vector, double residual, int steps, boolean converged) {}

    static Pair largest(
            UnaryOperator<double[]> operator, double[] start, int steps, double tolerance) {
        List<double[]> basis = new ArrayList<>();
        List<Double> alphas = new ArrayList<>();
        List<Double> betas = new ArrayList<>();
        double norm = Math.sqrt(dot(start, start));
        double[] q = scaled(start, 1 / norm);
        int most = Math.min(steps, start.length);
        while (true) {
            basis.add(q);
            double[] w = operator.apply(q).clone();
            double alpha = dot(q, w);
            alphas.add(alpha);
            for (int pass = 0; pass < 2; pass++) {
                for (double[] b : basis) {
                    double overlap = dot(b, w);
                    for (int i = 0; i < w.length; i++) {
                        w[i] -= overlap * b[i];
                    }
                }
            }
            double beta = Math.sqrt(dot(w, w));
            Pair pair = ritz(basis, alphas, betas, beta, tolerance);
            if (pair.converged() || basis.size() == most || !Double.isFinite(pair.value())) {
                return pair;
            }
            betas.add(beta);
            q = scaled(w, 1 / beta);
        }
    }

    private static Pair ritz(
            List<double[]> basis,
            List<Double> alphas,
            List<Double> betas,
            double beta,
            double tolerance) {
        int k = alphas.size();
        double[] t = new double[k * k];
        for (int i = 0; i < k; i++) {
            t[i * k + i] = alphas.get(i);
            if (i + 1 < k) {
                t[i * k + i + 1] = betas.get(i);
                t[(i + 1) * k + i] = betas.get(i);
            }
        }
        double[] vectors = new double[k * k];
        SymmetricEigen.decompose(t, k, vectors);
        int top = 0;
        for (int i = 1; i < k; i++) {
            top = t[i * k + i] > t[top * k + top] ? i : top;
        }
        double value = t[top * k + top];
        double residual = beta * Math.abs(vectors[(k - 1) * k + top]);
        double[] vector = new double[basis.getFirst().length];
        for (int j = 0; j < k; j++) {
            double weight = vectors[j * k + top];
            double[] b = basis.get(j);
            for (int i = 0; i < vector.length; i++) {
                vector[i] += weight * b[i];
            }
        }
        boolean converged = residual <= tolerance * Math.abs(value) || k == vector.length;
        return new Pair(value, vector, residual, k, converged);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    private static double[] scaled(double[] v, double factor) {
        double[] result = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            result[i] = v[i] * factor;
        }
        return result;
    }
}
