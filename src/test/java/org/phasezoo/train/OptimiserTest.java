package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;

class OptimiserTest {
    private static final double CURVATURE = 3;

    /// The path of an optimiser on ½ · 3 · θ² from θ = 2, by the engine in double precision.
    private static double[] path(Optimiser optimiser, int updates) {
        Tensors theta = new Tensors("", List.of(new Parameter("theta", Shape.of(1), "weight", 1, 1)));
        Graph graph = new Graph();
        Node x = theta.inputs(graph).getFirst();
        Node loss = x.times(x).times(CURVATURE / 2).sumAll();
        Workspace work = Descent.program(loss, loss, theta, optimiser).workspace(Precision.FLOAT64);
        theta.set(work, new double[] {2});
        double[] losses = new double[updates];
        for (int t = 1; t <= updates; t++) {
            optimiser.scalars(t).forEach((name, value) -> work.set(name, value));
            work.set(Descent.RATE, optimiser.learningRate());
            work.run();
            losses[t - 1] = work.scalar(Descent.LOSS);
        }
        return losses;
    }

    @Test
    void momentum_follows_its_recursion() {
        double theta = 2;
        double v = 0;
        double[] losses = path(new Momentum(.05, .8, .01, 1), 30);
        for (double loss : losses) {
            assertThat(loss).isCloseTo(CURVATURE / 2 * theta * theta, within(1e-12));
            double g = CURVATURE * theta;
            v = .8 * v + g * Math.min(1, 1 / Math.abs(g)) + .01 * theta;
            theta -= .05 * v;
        }
    }

    @Test
    void adam_follows_its_recursion() {
        double theta = 2;
        double m = 0;
        double s = 0;
        double[] losses = path(new Adam(.1, .9, .99, 1e-8, .02, 0), 30);
        for (int t = 1; t <= losses.length; t++) {
            assertThat(losses[t - 1]).isCloseTo(CURVATURE / 2 * theta * theta, within(1e-12));
            double g = CURVATURE * theta;
            m = .9 * m + .1 * g;
            s = .99 * s + .01 * g * g;
            theta -= .1 * (m / (1 - Math.pow(.9, t)) / (Math.sqrt(s / (1 - Math.pow(.99, t))) + 1e-8) + .02 * theta);
        }
    }

    @Test
    void schedules_have_their_closed_forms() {
        Schedule cosine = new Schedule.Cosine(.1);
        assertThat(cosine.factor(0)).isEqualTo(1);
        assertThat(cosine.factor(.5)).isCloseTo(.55, within(1e-15));
        Schedule steps = new Schedule.Steps(List.of(.5, .75), .1);
        assertThat(steps.factor(.49)).isEqualTo(1);
        assertThat(steps.factor(.5)).isEqualTo(.1);
        assertThat(steps.factor(.8)).isCloseTo(.01, within(1e-15));
    }
}
