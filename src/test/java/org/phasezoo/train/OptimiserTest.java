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
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

class OptimiserTest {
    private static final double CURVATURE = 3;
    private static final Key NOISE = new Key(8);

    /// The path of an optimiser on ½ · 3 · θ² from θ = 2, by the engine in double precision.
    private static double[] path(Optimiser optimiser, int updates) {
        Tensors theta =
                new Tensors("", List.of(new Parameter("theta", Shape.of(1), "weight", 1, 1)));
        Graph graph = new Graph();
        Node x = theta.inputs(graph).getFirst();
        Node loss = x.times(x).times(CURVATURE / 2).sumAll();
        Workspace work = Descent.program(loss, loss, theta, optimiser).workspace(Precision.FLOAT64);
        theta.set(work, new double[] {2});
        double[] losses = new double[updates];
        for (int t = 1; t <= updates; t++) {
            int update = t;
            optimiser
                    .scalars(t, (t - 1.0) / updates)
                    .forEach((name, value) -> work.set(name, value));
            optimiser.noise().ifPresent(name -> work.draws(name, new Draws(NOISE), update - 1));
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
            theta -=
                    .1
                            * (m
                                            / (1 - Math.pow(.9, t))
                                            / (Math.sqrt(s / (1 - Math.pow(.99, t))) + 1e-8)
                                    + .02 * theta);
        }
    }

    private static void follows(double[] losses, int t, double theta) {
        assertThat(losses[t - 1]).isCloseTo(CURVATURE / 2 * theta * theta, within(1e-12));
    }

    @Test
    void nesterov_follows_its_recursion() {
        double theta = 2;
        double v = 0;
        double[] losses = path(new Nesterov(.05, .8, .01, 1), 30);
        for (int t = 1; t <= 30; t++) {
            follows(losses, t, theta);
            double g =
                    CURVATURE * theta * Math.min(1, 1 / Math.abs(CURVATURE * theta)) + .01 * theta;
            v = .8 * v + g;
            theta -= .05 * (g + .8 * v);
        }
    }

    @Test
    void rms_prop_follows_its_recursion() {
        double theta = 2;
        double s = 0;
        double v = 0;
        double[] losses = path(new RmsProp(.02, .9, 1e-8, .5, .01, 0), 30);
        for (int t = 1; t <= 30; t++) {
            follows(losses, t, theta);
            double g = CURVATURE * theta + .01 * theta;
            s = .9 * s + .1 * g * g;
            v = .5 * v + g / (Math.sqrt(s) + 1e-8);
            theta -= .02 * v;
        }
    }

    @Test
    void sharpness_aware_takes_the_gradient_at_the_top_of_the_neighbourhood() {
        double theta = 2;
        double[] losses = path(new SharpnessAware(.3, new Momentum(.1, 0, 0, 0)), 30);
        for (int t = 1; t <= 30; t++) {
            assertThat(losses[t - 1]).isCloseTo(CURVATURE / 2 * theta * theta, within(1e-10));
            theta -= .1 * CURVATURE * (theta + .3 * Math.signum(theta));
        }
    }

    @Test
    void langevin_adds_draws_of_its_temperature() {
        double theta = 2;
        double[] losses = path(new Langevin(.1, .7, .01), 30);
        Draws draws = new Draws(NOISE);
        for (int t = 1; t <= 30; t++) {
            follows(losses, t, theta);
            theta +=
                    -.1 * (CURVATURE * theta + .01 * theta)
                            + Math.sqrt(2 * .1 * .7) * draws.normal(t - 1);
        }
    }

    @Test
    void cycled_momentum_follows_its_recursion() {
        double theta = 2;
        double v = 0;
        double[] losses = path(new CycledMomentum(.05, .5, .9, .3, 0, 0), 30);
        for (int t = 1; t <= 30; t++) {
            follows(losses, t, theta);
            double p = (t - 1) / 30.0;
            double momentum =
                    p < .3
                            ? .7 + .2 * Math.cos(Math.PI * p / .3)
                            : .7 - .2 * Math.cos(Math.PI * (p - .3) / .7);
            v = momentum * v + CURVATURE * theta;
            theta -= .05 * v;
        }
    }

    @Test
    void an_average_weighs_the_parameters_after_each_update() {
        Averaged averaged = new Averaged(.8, new Momentum(.1, 0, 0, 0));
        Graph graph = new Graph();
        Tensors theta =
                new Tensors("", List.of(new Parameter("theta", Shape.of(1), "weight", 1, 1)));
        Node x = theta.inputs(graph).getFirst();
        Node loss = x.times(x).times(CURVATURE / 2).sumAll();
        Workspace work = Descent.program(loss, loss, theta, averaged).workspace(Precision.FLOAT64);
        theta.set(work, new double[] {2});
        work.set(Descent.RATE, .1);
        double value = 2;
        double sum = 0;
        double weights = 0;
        for (int t = 1; t <= 6; t++) {
            work.run();
            value -= .1 * CURVATURE * value;
            sum = .8 * sum + value;
            weights = .8 * weights + 1;
        }
        double[] slot = new double[1];
        Descent.slots(averaged, theta.parameters()).getLast().peek(work, slot, 0);
        assertThat(averaged.corrected(slot, 6)[0]).isCloseTo(sum / weights, within(1e-7));
    }

    /// ½ ‖W − T‖² with W of 5 × 3: the step is nearly orthogonal, and along the gradient's singular
    /// vectors.
    @Test
    void muon_makes_the_update_of_a_matrix_nearly_orthogonal() {
        Muon muon = new Muon(.1, .9, 0, new Adam(.1, .9, .95, 1e-8, 0, 0));
        Graph graph = new Graph();
        Tensors theta =
                new Tensors("", List.of(new Parameter("w", Shape.of(5, 3), "weight", 3, 1)));
        Node w = theta.inputs(graph).getFirst();
        Node d = w.minus(graph.input("t", Shape.of(5, 3)));
        Node loss = d.times(d).sumAll().times(.5);
        Workspace work = Descent.program(loss, loss, theta, muon).workspace(Precision.FLOAT64);
        double[] target = new double[15];
        Draws draws = new Draws(new Key(3));
        for (int i = 0; i < 15; i++) {
            target[i] = draws.normal(i);
        }
        work.set("t", target);
        work.set(Descent.RATE, .1);
        work.run();
        double[] after = new double[15];
        theta.peek(work, after, 0);
        double scale = .1 * Math.sqrt(5.0 / 3);
        double along = 0;
        double[] gram = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 5; k++) {
                    gram[i * 3 + j] += (after[k * 3 + i] / scale) * (after[k * 3 + j] / scale);
                }
            }
        }
        for (int i = 0; i < 15; i++) {
            along += after[i] * target[i];
        }
        double[] vectors = new double[9];
        SymmetricEigen.decompose(gram, 3, vectors);
        for (int i = 0; i < 3; i++) {
            assertThat(Math.sqrt(gram[i * 4])).isBetween(.65, 1.25);
        }
        assertThat(along).isPositive();
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
        Schedule warm = new Schedule.WarmUp(.2, .1, steps);
        assertThat(warm.factor(0)).isCloseTo(.1, within(1e-15));
        assertThat(warm.factor(.1)).isCloseTo(.55, within(1e-15));
        assertThat(warm.factor(.61)).isCloseTo(.1, within(1e-15));
        Schedule cold = new Schedule.WarmUp(0, 0, steps);
        assertThat(cold.factor(0)).isEqualTo(1);
        assertThat(cold.factor(.6)).isEqualTo(.1);
        Schedule cycle = new Schedule.OneCycle(.25, .04, .001);
        assertThat(cycle.factor(0)).isCloseTo(.04, within(1e-15));
        assertThat(cycle.factor(.125)).isCloseTo(.52, within(1e-15));
        assertThat(cycle.factor(.25)).isCloseTo(1, within(1e-15));
        assertThat(cycle.factor(.625)).isCloseTo(.5005, within(1e-15));
    }
}
