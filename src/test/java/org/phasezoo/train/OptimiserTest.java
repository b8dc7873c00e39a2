package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    private static final double[] CURVATURES = {1, 2.5, .7};
    private static final int[] SIZES = {15, 8, 3};
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

    /// Losses Σ cᵢ ‖θᵢ − tᵢ‖² / 2 in a tall matrix, a wide one and a bias, from θ = 0: the
    /// parameters after five updates, by the engine in double precision.
    private static double[] after(Optimiser optimiser) {
        Tensors theta =
                new Tensors(
                        "",
                        List.of(
                                new Parameter("tall", Shape.of(5, 3), "weight", 3, 1),
                                new Parameter("wide", Shape.of(2, 4), "weight", 4, 1),
                                new Parameter("bias", Shape.of(3), "bias", 0, 1)));
        Graph graph = new Graph();
        Node loss = graph.constant(0);
        for (int i = 0; i < 3; i++) {
            Node x = theta.inputs(graph).get(i);
            Node d = x.minus(graph.input("t" + i, x.shape()));
            loss = loss.plus(d.times(d).sumAll().times(CURVATURES[i] / 2));
        }
        Workspace work = Descent.program(loss, loss, theta, optimiser).workspace(Precision.FLOAT64);
        for (int i = 0; i < 3; i++) {
            work.set("t" + i, target(i));
        }
        work.set(Descent.RATE, optimiser.learningRate());
        for (int t = 1; t <= 5; t++) {
            optimiser.scalars(t, (t - 1) / 5.0).forEach((name, value) -> work.set(name, value));
            work.run();
        }
        double[] after = new double[26];
        theta.peek(work, after, 0);
        return after;
    }

    private static double[] target(int i) {
        Draws draws = new Draws(new Key(30 + i));
        return IntStream.range(0, SIZES[i]).mapToDouble(draws::normal).toArray();
    }

    private static double[][] gradient(double[][] theta) {
        double[][] g = new double[3][];
        for (int i = 0; i < 3; i++) {
            g[i] = theta[i].clone();
            for (int j = 0; j < g[i].length; j++) {
                g[i][j] = CURVATURES[i] * (theta[i][j] - target(i)[j]);
            }
        }
        return g;
    }

    private static double[][] zeros() {
        return Arrays.stream(SIZES).mapToObj(double[]::new).toArray(double[][]::new);
    }

    private static void close(double[] found, double[][] expected) {
        assertThat(found)
                .containsExactly(
                        Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray(),
                        within(1e-11));
    }

    /// A step of Adam without decay, of rate 1.
    private static double adam(double[] m, double[] s, int j, double g, int t) {
        m[j] = .8 * m[j] + .2 * g;
        s[j] = .95 * s[j] + .05 * g * g;
        return m[j] / (1 - Math.pow(.8, t)) / (Math.sqrt(s[j] / (1 - Math.pow(.95, t))) + 1e-8);
    }

    @Test
    void muon_follows_its_recursion_in_matrices_and_adam_s_in_vectors() {
        double[][] theta = zeros();
        double[][] v = zeros();
        double[] m = new double[3];
        double[] s = new double[3];
        for (int t = 1; t <= 5; t++) {
            double[][] g = gradient(theta);
            for (int i = 0; i < 2; i++) {
                int rows = i == 0 ? 5 : 2;
                int columns = i == 0 ? 3 : 4;
                double[] u = new double[rows * columns];
                for (int j = 0; j < u.length; j++) {
                    v[i][j] = .9 * v[i][j] + g[i][j];
                    u[j] = g[i][j] + .9 * v[i][j];
                }
                double[] x = orthogonal(u, rows, columns);
                double scale = Math.sqrt(Math.max(1, (double) rows / columns));
                for (int j = 0; j < u.length; j++) {
                    theta[i][j] -= .1 * (scale * x[j] + .03 * theta[i][j]);
                }
            }
            for (int j = 0; j < 3; j++) {
                theta[2][j] -= .05 * (adam(m, s, j, g[2][j], t) + .02 * theta[2][j]);
            }
        }
        close(after(new Muon(.1, .9, .03, new Adam(.05, .8, .95, 1e-8, .02, 0))), theta);
    }

    /// X ← a X + (b A + c A²) X with A = X Xᵀ, five times from u / ‖u‖; rows of X are those of u
    /// where they are fewer than its columns, else its columns.
    private static double[] orthogonal(double[] u, int rows, int columns) {
        boolean tall = rows > columns;
        int n = Math.min(rows, columns);
        int k = Math.max(rows, columns);
        double norm = 0;
        for (double value : u) {
            norm += value * value;
        }
        double[][] x = new double[n][k];
        for (int i = 0; i < u.length; i++) {
            int row = i / columns;
            int column = i % columns;
            x[tall ? column : row][tall ? row : column] = u[i] / (Math.sqrt(norm) + 1e-7);
        }
        for (int iteration = 0; iteration < 5; iteration++) {
            double[][] turned = new double[k][n];
            for (int i = 0; i < n * k; i++) {
                turned[i % k][i / k] = x[i / k][i % k];
            }
            double[][] a = product(x, turned);
            double[][] aa = product(a, a);
            for (int i = 0; i < n * n; i++) {
                a[i / n][i % n] = -4.7750 * a[i / n][i % n] + 2.0315 * aa[i / n][i % n];
            }
            double[][] ax = product(a, x);
            for (int i = 0; i < n * k; i++) {
                x[i / k][i % k] = 3.4445 * x[i / k][i % k] + ax[i / k][i % k];
            }
        }
        double[] y = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            y[i] = tall ? x[i % columns][i / columns] : x[i / columns][i % columns];
        }
        return y;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] y = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    y[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return y;
    }

    private static double norm(double[][] g) {
        return Math.sqrt(Arrays.stream(g).flatMapToDouble(Arrays::stream).map(x -> x * x).sum());
    }

    /// The neighbourhood is one of all parameters, and so is the norm that clips.
    @Test
    void adam_at_the_top_of_a_neighbourhood_of_all_parameters_follows_its_recursion() {
        double[][] theta = zeros();
        double[][] m = zeros();
        double[][] s = zeros();
        for (int t = 1; t <= 5; t++) {
            double[][] here = gradient(theta);
            double radius = .4 / norm(here);
            double[][] there = zeros();
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < SIZES[i]; j++) {
                    there[i][j] = theta[i][j] + radius * here[i][j];
                }
            }
            double[][] g = gradient(there);
            double clip = Math.min(1, 5 / norm(g));
            assertThat(clip).isLessThan(1);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < SIZES[i]; j++) {
                    double step = adam(m[i], s[i], j, clip * g[i][j], t);
                    theta[i][j] -= .05 * (step + .02 * theta[i][j]);
                }
            }
        }
        close(after(new SharpnessAware(.4, new Adam(.05, .8, .95, 1e-8, .02, 5))), theta);
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
