package org.phasezoo.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.phasezoo.data.Split;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.train.Evaluator;
import org.phasezoo.train.Footprint;

/// Similarity of two members' softmax outputs on mixed-up training inputs.
///
/// *Definition*: inputs λ·x + (1 − λ)·x′ with λ ~ Beta(mixup, mixup), x the training examples in a
/// random order (over and over until there are `examples`) and x′ a permutation of them; then
/// linear CKA of the softmax outputs, biased as the taxonomy has it (`cka.softmax.taxonomy.v1`),
/// and debiased (`cka.softmax.debiased.v1`). *Unit*: 1 is equal up to rotation and scale. *Errors*:
/// of the sample, by a jackknife that leaves out 12 blocks of examples in turn. *Non-finite*: where
/// outputs do not vary it is undefined. *Source*: Yang et al. 2021, section 2.
///
/// @param examples pooled inputs, a multiple of 12
/// @param mixup the shape of the Beta law
public record Cka(int examples, int mixup) implements Metric {
    private static final String TAXONOMY = "cka.softmax.taxonomy.v1";
    private static final String DEBIASED = "cka.softmax.debiased.v1";
    private static final int BLOCKS = 12;

    public Cka {
        if (examples < 2 * BLOCKS || examples % BLOCKS != 0) {
            throw new IllegalArgumentException(
                    "examples "
                            + examples
                            + " must be a multiple of "
                            + BLOCKS
                            + ", at least "
                            + 2 * BLOCKS);
        }
        if (mixup < 1 || mixup > 1000) {
            throw new IllegalArgumentException("mixup " + mixup + " must lie in 1 … 1000");
        }
    }

    @Override
    public Subject subject() {
        return Subject.PAIR;
    }

    @Override
    public List<String> definitions() {
        return List.of(TAXONOMY, DEBIASED);
    }

    @Override
    public Measured measure(List<? extends Net> nets, Function<String, Key> keys) {
        TrainedNet a = TrainedNet.of(nets.get(0));
        TrainedNet b = TrainedNet.of(nets.get(1));
        float[] inputs = inputs(a.problem().split(), keys);
        double[] x = softmax(a, inputs);
        double[] y = softmax(b, inputs);
        int d = a.problem().split().classes();
        return new Measured(
                List.of(
                        value(TAXONOMY, rows -> LinearCka.biased(x, y, d, rows)),
                        value(DEBIASED, rows -> LinearCka.debiased(x, y, d, rows))),
                List.of());
    }

    private interface Estimate {
        double of(int[] rows);
    }

    private Value value(String definition, Estimate estimate) {
        double value = estimate.of(rowsWithout(-1));
        double[] without = new double[BLOCKS];
        for (int block = 0; block < BLOCKS; block++) {
            without[block] = estimate.of(rowsWithout(block));
        }
        boolean defined = Double.isFinite(value);
        return new Value(
                definition,
                defined ? value : Double.NaN,
                Double.NaN,
                0,
                Moments.jackknife(without),
                examples,
                defined ? "ok" : "undefined",
                Double.NaN);
    }

    private int[] rowsWithout(int block) {
        int size = examples / BLOCKS;
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            if (i / size != block) {
                rows.add(i);
            }
        }
        return rows.stream().mapToInt(i -> i).toArray();
    }

    private float[] inputs(Split split, Function<String, Key> keys) {
        int width = split.inputElements();
        int[] first = order(split.train(), keys.apply(TAXONOMY + "/order"));
        int[] partner = new Draws(keys.apply(TAXONOMY + "/partner")).permutation(examples);
        Draws mix = new Draws(keys.apply(TAXONOMY + "/mix"));
        float[] inputs = new float[examples * width];
        for (int i = 0; i < examples; i++) {
            double share = mix.symmetricBeta(i, mixup);
            for (int j = 0; j < width; j++) {
                double here = split.inputs()[first[i] * width + j];
                double there = split.inputs()[first[partner[i]] * width + j];
                inputs[i * width + j] = (float) (share * here + (1 - share) * there);
            }
        }
        return inputs;
    }

    private int[] order(int[] train, Key key) {
        Draws draws = new Draws(key);
        int[] rows = new int[examples];
        for (int from = 0; from < examples; from += train.length) {
            int[] order = draws.permutation(from / train.length, train.length);
            for (int i = 0; i < Math.min(train.length, examples - from); i++) {
                rows[from + i] = train[order[i]];
            }
        }
        return rows;
    }

    private double[] softmax(TrainedNet net, float[] inputs) {
        int d = net.problem().split().classes();
        double[] p = new Evaluator(net.problem()).logits(net.weights(), inputs, examples);
        for (int i = 0; i < p.length; i += d) {
            double top = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < d; j++) {
                top = Math.max(top, p[i + j]);
            }
            double sum = 0;
            for (int j = 0; j < d; j++) {
                p[i + j] = StrictMath.exp(p[i + j] - top);
                sum += p[i + j];
            }
            for (int j = 0; j < d; j++) {
                p[i + j] /= sum;
            }
        }
        return p;
    }

    @Override
    public Footprint footprint(List<? extends Net> nets) {
        Footprint most = Footprint.NONE;
        for (Net net : nets) {
            most = most.or(TrainedNet.of(net).evaluation());
        }
        return most.plus(TrainedNet.data(nets));
    }

    @Override
    public double multiplyAdds(List<? extends Net> nets) {
        return 2 * nets.getFirst().forwardMultiplyAdds() * examples + 26.0 * 500 * examples;
    }
}
