package org.phasezoo.study.dynamics;

import org.phasezoo.engine.Workspace;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.study.dynamics.QuadraticRegression.Model;

/// All examples of one set for a [QuadraticPerceptron].
final class QuadraticBatch implements StreamObjective.Examples {
    private final QuadraticRegression of;
    private final QuadraticExamples examples;
    private final double[] start;
    private final double[] targets;

    /// @param start weights `(N, D)`
    QuadraticBatch(QuadraticRegression of, QuadraticExamples examples, double[] start) {
        this.of = of;
        this.examples = examples;
        this.start = start;
        this.targets = examples.targets().clone();
        int d = of.dimension();
        double curvature = QuadraticPerceptron.curvature(of);
        for (int e = 0; e < targets.length; e++) {
            double sum = 0;
            for (int k = 0; k < of.width(); k++) {
                double u = 0;
                for (int i = 0; i < d; i++) {
                    u += start[k * d + i] * examples.inputs()[e * d + i];
                }
                sum += u + curvature * u * u;
            }
            targets[e] += of.laziness() / of.width() * sum;
        }
    }

    @Override
    public void begin(Workspace work) {
        work.set(QuadraticPerceptron.X, examples.inputs());
        work.set(QuadraticPerceptron.TARGETS, targets);
        if (of.model() == Model.LINEARISED) {
            work.set(QuadraticPerceptron.START, start);
        }
    }

    @Override
    public void set(Workspace work, long update) {}

    /// The mean squared error over ⟨y²⟩ where this is the program's loss.
    double relative(double loss) {
        return loss * QuadraticPerceptron.unit(of) / examples.power();
    }
}
