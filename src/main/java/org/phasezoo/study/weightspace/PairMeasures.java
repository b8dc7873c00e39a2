package org.phasezoo.study.weightspace;

import java.util.List;
import org.phasezoo.data.Split;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Problem;

/// What [PermutedPair] records of two trained nets.
record PairMeasures(Problem problem, DenseWeights a, DenseWeights b, Recorder out) {
    private static final int INTERVALS = 10;
    private static final double NO_BARRIER = 1e-6;

    /// The last stage of [#stage].
    static final int LAST_STAGE = 5;

    static List<Observable> observables() {
        return List.of(
                new Observable("barrier.naive.v1", false, "nats"),
                new Observable("barrier.weights.v1", false, "nats"),
                new Observable("barrier.activations.v1", false, "nats"),
                new Observable("barrier.weights.test.v1", false, "nats"),
                new Observable("barrier.ratio.v1", false, "1"),
                new Observable("barrier.methods.v1", false, "1"),
                new Observable("excess.repair.v1", false, "1"),
                new Observable("matching.distance.v1", false, "1"),
                new Observable("matching.sweeps.v1", false, "1"),
                new Observable("invariance.error.v1", false, "1"),
                new Observable("accuracy.drop.v1", false, "pp"),
                new Observable("accuracy.parents.v1", false, "%"),
                new Observable("path.naive.v1", true, "nats"),
                new Observable("path.weights.v1", true, "nats"),
                new Observable("path.activations.v1", true, "nats"));
    }

    /// What is measured after matching, a slice each: 1 to 3 the lines of the three ways to match,
    /// 4 the test examples and the ratios, 5 the average.
    void stage(int stage, int[][] permutation, double[] barriers) {
        int[] train = problem.split().train();
        switch (stage) {
            case 1 -> barriers[0] = line(b, train, "barrier.naive.v1", "path.naive.v1");
            case 2 ->
                    barriers[1] =
                            line(
                                    b.permuted(permutation),
                                    train,
                                    "barrier.weights.v1",
                                    "path.weights.v1");
            case 3 -> {
                DenseWeights matched = b.permuted(Alignment.byActivations(a, b, trainInputs()));
                barriers[2] = line(matched, train, "barrier.activations.v1", "path.activations.v1");
            }
            case 4 -> {
                DenseWeights matched = b.permuted(permutation);
                scalar(
                        "barrier.weights.test.v1",
                        Barrier.of(path(matched, problem.split().test())));
                scalar("barrier.ratio.v1", ratio(barriers[1], barriers[0]));
                scalar("barrier.methods.v1", ratio(barriers[2], barriers[1]));
                scalar("matching.distance.v1", ratio(a.distance(matched), a.distance(b)));
            }
            default -> merged(permutation);
        }
    }

    private double line(DenseWeights end, int[] rows, String definition, String series) {
        double[] path = path(end, rows);
        for (int i = 0; i <= INTERVALS; i++) {
            out.series(series, i, path[i]);
        }
        scalar(definition, Barrier.of(path));
        return Barrier.of(path);
    }

    /// The average after weight matching, with and without repair, and its parents.
    private void merged(int[][] permutation) {
        Evaluator evaluator = new Evaluator(problem);
        Split split = problem.split();
        DenseWeights matched = b.permuted(permutation);
        DenseWeights average = a.towards(matched, .5);
        double level =
                (evaluator.evaluate(a.values(), split.train()).meanLoss()
                                + evaluator.evaluate(matched.values(), split.train()).meanLoss())
                        / 2;
        double excess = evaluator.evaluate(average.values(), split.train()).meanLoss() - level;
        double[] repaired = Repair.repaired(a, matched, trainInputs()).values();
        scalar(
                "excess.repair.v1",
                ratio(evaluator.evaluate(repaired, split.train()).meanLoss() - level, excess));
        double parents =
                (evaluator.evaluate(a.values(), split.test()).accuracyPercent()
                                + evaluator.evaluate(b.values(), split.test()).accuracyPercent())
                        / 2;
        scalar("accuracy.parents.v1", parents);
        scalar(
                "accuracy.drop.v1",
                parents - evaluator.evaluate(average.values(), split.test()).accuracyPercent());
        double[] before = evaluator.logits(b.values(), inputs(split.test()), split.test().length);
        double[] after =
                evaluator.logits(matched.values(), inputs(split.test()), split.test().length);
        double most = 0;
        for (int i = 0; i < before.length; i++) {
            most = Math.max(most, Math.abs(before[i] - after[i]));
        }
        scalar("invariance.error.v1", most);
    }

    private void scalar(String definition, double value) {
        out.scalar(definition, value);
    }

    private static double ratio(double value, double divisor) {
        return divisor > NO_BARRIER ? value / divisor : Double.NaN;
    }

    private double[] path(DenseWeights end, int[] rows) {
        Evaluator evaluator = new Evaluator(problem);
        double[] losses = new double[INTERVALS + 1];
        for (int i = 0; i <= INTERVALS; i++) {
            losses[i] =
                    evaluator
                            .evaluate(a.towards(end, (double) i / INTERVALS).values(), rows)
                            .meanLoss();
        }
        return losses;
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
