package org.phasezoo.study.dynamics;

import java.util.function.IntUnaryOperator;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Setting;

/// A table a ∘ b = c over the residues of a prime, of whose p² pairs a part is for training.
///
/// Pairs are numbered a p + b.
final class ModularTable {
    private final int p;
    private final int[] pairs;
    private final int[] answers;
    private final int trainings;

    static void refuse(int modulus) {
        Setting.within("modulus", modulus, 7, 97);
        if (!java.math.BigInteger.valueOf(modulus).isProbablePrime(20)) {
            throw new IllegalArgumentException(
                    "modulus is " + modulus + "; choose a prime from 7 to 97");
        }
    }

    /// How many pairs a table has.
    static int size(ModularOperation operation, int p) {
        return p * (operation == ModularOperation.DIVIDE ? p - 1 : p);
    }

    /// How many of them are for training.
    static int trainings(ModularOperation operation, int p, double fraction) {
        return (int) Math.floor(fraction * size(operation, p));
    }

    /// The pairs in a random order, of which the first ⌊fraction · pairs⌋ are for training.
    ///
    /// @param labels key of a random table
    /// @param split key of the order, draws as in [Draws#permutation(int)]
    ModularTable(ModularOperation operation, int p, double fraction, Key labels, Key split) {
        this.p = p;
        this.pairs = new int[size(operation, p)];
        this.answers = new int[pairs.length];
        this.trainings = trainings(operation, p, fraction);
        int divisors = pairs.length / p;
        int[] order = new Draws(split).permutation(pairs.length);
        Draws drawn = new Draws(labels);
        for (int i = 0; i < pairs.length; i++) {
            int a = order[i] / divisors;
            int b = order[i] % divisors + p - divisors;
            pairs[i] = a * p + b;
            answers[i] =
                    operation == ModularOperation.RANDOM
                            ? drawn.below(pairs[i], p)
                            : operation.of(a, b, p);
        }
    }

    /// How many pairs there are; those of training come first.
    int size() {
        return pairs.length;
    }

    int trainings() {
        return trainings;
    }

    int answer(int row) {
        return answers[row];
    }

    int pair(int row) {
        return pairs[row];
    }

    /// 1 for each pair of training, 0 for the others.
    double[] training() {
        double[] ones = new double[pairs.length];
        java.util.Arrays.fill(ones, 0, trainings, 1);
        return ones;
    }

    /// The first of each pair one-hot, (pairs, p).
    double[] first() {
        return oneHot(row -> pairs[row] / p);
    }

    /// The second of each pair one-hot, (pairs, p).
    double[] second() {
        return oneHot(row -> pairs[row] % p);
    }

    /// Answers one-hot, (pairs, p).
    double[] targets() {
        return oneHot(this::answer);
    }

    private double[] oneHot(IntUnaryOperator of) {
        double[] ones = new double[pairs.length * p];
        for (int i = 0; i < pairs.length; i++) {
            ones[i * p + of.applyAsInt(i)] = 1;
        }
        return ones;
    }

    /// The parts of the pairs of training and of test whose first largest logit is the answer.
    double[] accuracies(double[] logits) {
        int[] right = new int[2];
        for (int i = 0; i < pairs.length; i++) {
            int best = 0;
            for (int c = 1; c < p; c++) {
                best = logits[i * p + c] > logits[i * p + best] ? c : best;
            }
            right[i < trainings ? 0 : 1] += best == answers[i] ? 1 : 0;
        }
        return new double[] {
            (double) right[0] / trainings, (double) right[1] / (pairs.length - trainings)
        };
    }
}
