package org.phasezoo.study.weightspace;

import org.phasezoo.data.Split;
import org.phasezoo.study.Recorder;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Problem;

/// What [PermutedPair] records of two trained nets.
record PairMeasures(Problem problem, DenseWeights a, DenseWeights b, Recorder out) {
    private static final int INTERVALS = 10;
    private static final double NO_BARRIER = 1e-6;

    /// The barriers of the three lines on the training examples, and of weight matching on the test examples.
    void lines(int[][] permutation) {
        Evaluator evaluator = new Evaluator(problem);
        int[] train = problem.split().train();
        DenseWeights matched = b.permuted(permutation);
        double[] naive = path(evaluator, b, train);
        double[] weights = path(evaluator, matched, train);
        for (int i = 0; i <= INTERVALS; i++) {
            out.series("path.naive.v1", i, naive[i]);
            out.series("path.weights.v1", i, weights[i]);
        }
        double byActivations =
                barrier(path(evaluator, b.permuted(Alignment.byActivations(a, b, trainInputs())), train));
        scalar("barrier.naive.v1", barrier(naive));
        scalar("barrier.weights.v1", barrier(weights));
        scalar("barrier.activations.v1", byActivations);
        scalar("barrier.weights.test.v1", barrier(path(evaluator, matched, problem.split().test())));
        scalar("barrier.ratio.v1", ratio(barrier(weights), barrier(naive)));
        scalar("barrier.methods.v1", ratio(byActivations, barrier(weights)));
        scalar("matching.distance.v1", ratio(a.distance(matched), a.distance(b)));
    }

    /// The average after weight matching, with and without repair, and its parents.
    void merged(int[][] permutation) {
        Evaluator evaluator = new Evaluator(problem);
        Split split = problem.split();
        DenseWeights matched = b.permuted(permutation);
        DenseWeights average = a.towards(matched, .5);
        double level = (evaluator.evaluate(a.values(), split.train()).meanLoss()
                        + evaluator.evaluate(matched.values(), split.train()).meanLoss())
                / 2;
        double excess = evaluator.evaluate(average.values(), split.train()).meanLoss() - level;
        float[] repaired = Alignment.repaired(a, matched, trainInputs()).values();
        scalar("excess.repair.v1", ratio(evaluator.evaluate(repaired, split.train()).meanLoss() - level, excess));
        double parents = (evaluator.evaluate(a.values(), split.test()).accuracyPercent()
                        + evaluator.evaluate(b.values(), split.test()).accuracyPercent())
                / 2;
        scalar("accuracy.parents.v1", parents);
        scalar("accuracy.drop.v1", parents - evaluator.evaluate(average.values(), split.test()).accuracyPercent());
        double[] before = evaluator.logits(b.values(), inputs(split.test()), split.test().length);
        double[] after = evaluator.logits(matched.values(), inputs(split.test()), split.test().length);
        double most = 0;
        for (int i = 0; i < before.length; i++) {
            most = Math.max(most, Math.abs(before[i] - after[i]));
        }
        scalar("invariance.error.v1", most);
    }

    private void scalar(String definition, double value) {
        out.scalar(definition, value, Double.NaN, 0);
    }

    private static double ratio(double value, double divisor) {
        return divisor > NO_BARRIER ? value / divisor : Double.NaN;
    }

    private double[] path(Evaluator evaluator, DenseWeights end, int[] rows) {
        double[] losses = new double[INTERVALS + 1];
        for (int i = 0; i <= INTERVALS; i++) {
            losses[i] = evaluator
                    .evaluate(a.towards(end, (double) i / INTERVALS).values(), rows)
                    .meanLoss();
        }
        return losses;
    }

    /// The largest excess of a path over the straight line between its ends; 0 or more.
    static double barrier(double[] path) {
        double most = 0;
        int last = path.length - 1;
        for (int i = 0; i <= last; i++) {
            double line = path[0] + (path[last] - path[0]) * i / last;
            most = Math.max(most, path[i] - line);
        }
        return most;
    }

    private double[] trainInputs() {
        float[] inputs = inputs(problem.split().train());
        double[] wide = new double[inputs.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = inputs[i];
        }
        return wide;
    }

    private float[] inputs(int[] rows) {
        int size = problem.split().inputElements();
        float[] inputs = new float[rows.length * size];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(problem.split().inputs(), rows[r] * size, inputs, r * size, size);
        }
        return inputs;
    }
}
