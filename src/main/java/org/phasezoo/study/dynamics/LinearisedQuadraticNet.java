package org.phasezoo.study.dynamics;

import org.phasezoo.study.Saved;

/// [QuadraticNet] linearised at its start: f = −α c (v · x + xᵀ S x), with ĝ and Ĝ the sums of g
/// and G over the steps, v = ĝ + ε Ĝ w̄₀ and S the symmetric part of ε w̄₀ ĝᵀ + ε² Ĝ M₀.
final class LinearisedQuadraticNet implements CentredNet {
    private final QuadraticTask task;
    private final int d;
    private final double laziness;
    private final double alignment;
    private final double step;

    LinearisedQuadraticNet(QuadraticTask task, int dimension, double laziness, double alignment) {
        this.task = task;
        this.d = dimension;
        this.laziness = laziness;
        this.alignment = alignment;
        this.step = 2 / (task.train().size() * laziness);
    }

    @Override
    public double[] residuals(Saved at, QuadraticExamples examples) {
        double[] pushed = at.row("pushed");
        double[] bent = at.row("bent");
        double[] mean0 = at.row("mean0");
        double[] turned = Squares.times(bent, mean0);
        double[] both = Squares.product(bent, at.row("second0"), d);
        double factor = -laziness * step;
        double[] v = new double[d];
        double[] s = new double[d * d];
        for (int i = 0; i < d; i++) {
            v[i] = factor * (pushed[i] + alignment * turned[i]);
            for (int j = 0; j < d; j++) {
                s[i * d + j] =
                        factor
                                * alignment
                                / 2
                                * (mean0[i] * pushed[j]
                                        + pushed[i] * mean0[j]
                                        + alignment * (both[i * d + j] + both[j * d + i]));
            }
        }
        return examples.residuals(v, s);
    }

    @Override
    public void descend(Saved at, double[] residuals) {
        task.train().moments(residuals, at.row("pushed"), at.row("bent"));
    }
}
