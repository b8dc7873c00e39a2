package org.phasezoo.study.dynamics;

/// The gradient of c · z(T) in the parameters of a field, by the adjoint equation and by
/// differentiating a fine discretisation.
///
/// *Source*: Chen, Rubanova, Bettencourt and Duvenaud, "Neural ordinary differential equations",
/// 2018, algorithm 1 and appendix B.
final class Gradients {
    private Gradients() {}

    /// What the adjoint gave: the gradient, the end of the path, the start found again on the way
    /// back, and evaluations of the field forwards and backwards.
    record Adjoint(
            double[] gradient,
            double[] end,
            double[] startAgain,
            int forward,
            int backward,
            boolean finished) {}

    /// Forwards with the state alone, backwards with state, adjoint and gradient as one system.
    static Adjoint adjoint(
            VectorField field,
            double[] start,
            double[] c,
            double span,
            double tolerance,
            int mostSteps) {
        int d = field.dimension();
        DormandPrince.Solution there =
                DormandPrince.solve(
                        (y, out) -> field.value(y, 0, out, 0), start, span, tolerance, mostSteps);
        double[] whole = new double[2 * d + field.parameters()];
        System.arraycopy(there.y(), 0, whole, 0, d);
        System.arraycopy(c, 0, whole, d, d);
        DormandPrince.Solution back =
                DormandPrince.solve(
                        (y, out) -> {
                            java.util.Arrays.fill(out, 0);
                            field.value(y, 0, out, 0);
                            field.pullBack(y, 0, y, d, -1, out, d, out, 2 * d);
                        },
                        whole,
                        -span,
                        tolerance,
                        mostSteps);
        return new Adjoint(
                java.util.Arrays.copyOfRange(back.y(), 2 * d, whole.length),
                there.y(),
                java.util.Arrays.copyOf(back.y(), d),
                there.evaluations(),
                back.evaluations(),
                there.finished() && back.finished());
    }

    /// The gradient of the classical Runge–Kutta method with `steps` steps, then z(T).
    static double[][] discretised(
            VectorField field, double[] start, double[] c, double span, int steps) {
        int d = field.dimension();
        double h = span / steps;
        double[][] path = new double[steps + 1][];
        path[0] = start.clone();
        double[][] stage = new double[4][d];
        double[][] k = new double[4][d];
        for (int s = 0; s < steps; s++) {
            stages(field, path[s], h, stage, k);
            path[s + 1] = path[s].clone();
            for (int i = 0; i < d; i++) {
                path[s + 1][i] += h / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]);
            }
        }
        double[] a = c.clone();
        double[] gradient = new double[field.parameters()];
        double[] weights = {h / 6, h / 3, h / 3, h / 6};
        double[] reach = {0, h / 2, h / 2, h};
        for (int s = steps - 1; s >= 0; s--) {
            stages(field, path[s], h, stage, k);
            double[] before = a.clone();
            double[] ahead = new double[d];
            for (int i = 3; i >= 0; i--) {
                double[] toStage = new double[d];
                for (int j = 0; j < d; j++) {
                    toStage[j] = weights[i] * a[j] + (i < 3 ? reach[i + 1] * ahead[j] : 0);
                }
                double[] pulled = new double[d];
                field.value(stage[i], 0, k[i], 0);
                field.pullBack(stage[i], 0, toStage, 0, 1, pulled, 0, gradient, 0);
                for (int j = 0; j < d; j++) {
                    before[j] += pulled[j];
                }
                ahead = pulled;
            }
            a = before;
        }
        return new double[][] {gradient, path[steps]};
    }

    private static void stages(
            VectorField field, double[] z, double h, double[][] stage, double[][] k) {
        double[] reach = {0, h / 2, h / 2, h};
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < z.length; j++) {
                stage[i][j] = z[j] + (i == 0 ? 0 : reach[i] * k[i - 1][j]);
            }
            field.value(stage[i], 0, k[i], 0);
        }
    }
}
