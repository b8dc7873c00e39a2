package org.phasezoo.study.sequence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.phasezoo.model.Parameter;
import org.phasezoo.study.sequence.NormPlacement.Placement;

/// A second forward pass, in plain loops over tokens as vectors.
final class PlainTransformer {
    private final TransformerStack stack;
    private final Map<String, double[]> weights = new TreeMap<>();

    PlainTransformer(TransformerStack stack, List<Parameter> parameters, List<double[]> values) {
        this.stack = stack;
        for (int i = 0; i < parameters.size(); i++) {
            weights.put(parameters.get(i).name(), values.get(i));
        }
    }

    /// Without a vector of each place, where there is none.
    double[][] logits(int[] symbols) {
        boolean pre = stack.placement() == Placement.PRE;
        int tokens = symbols.length;
        double[][] x = new double[tokens][stack.width()];
        for (int t = 0; t < tokens; t++) {
            for (int i = 0; i < stack.width(); i++) {
                x[t][i] = weights.get("embedding")[i * stack.symbols() + symbols[t]];
                if (weights.containsKey("place")) {
                    x[t][i] += weights.get("place")[i * tokens + t];
                }
            }
        }
        for (int layer = 0; layer < stack.layers(); layer++) {
            String first = "attended" + layer;
            String second = "fed" + layer;
            double[][] in = new double[tokens][];
            for (int t = 0; t < tokens; t++) {
                in[t] = pre ? norm(first, x[t]) : x[t];
            }
            double[][] attended = attention(in, layer);
            for (int t = 0; t < tokens; t++) {
                x[t] = plus(x[t], attended[t]);
                x[t] = pre ? x[t] : norm(first, x[t]);
                x[t] = plus(x[t], feedForward(pre ? norm(second, x[t]) : x[t], layer));
                x[t] = pre ? x[t] : norm(second, x[t]);
            }
        }
        double[][] logits = new double[tokens][];
        for (int t = 0; t < tokens; t++) {
            logits[t] = times("read-out", pre ? norm("norm", x[t]) : x[t]);
        }
        return logits;
    }

    /// Cross-entropy of these logits, in nats.
    static double loss(double[] logits, int target) {
        double sum = 0;
        for (double z : logits) {
            sum += Math.exp(z);
        }
        return Math.log(sum) - logits[target];
    }

    private double[] times(String name, double[] x) {
        double[] w = weights.get(name);
        double[] y = new double[w.length / x.length];
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += w[o * x.length + i] * x[i];
            }
        }
        return biased(name, y);
    }

    private double[] biased(String name, double[] y) {
        return weights.containsKey(name + ".bias") ? plus(y, weights.get(name + ".bias")) : y;
    }

    private double[] norm(String name, double[] x) {
        double mean = 0;
        double square = 0;
        for (double v : x) {
            mean += v / x.length;
        }
        for (double v : x) {
            square += (v - mean) * (v - mean) / x.length;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(square + 1e-5);
            if (weights.containsKey(name + ".scale")) {
                y[i] *= weights.get(name + ".scale")[i];
            }
        }
        return biased(name, y);
    }

    private static double[] plus(double[] a, double[] b) {
        double[] y = a.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] += b[i];
        }
        return y;
    }

    private double[][] attention(double[][] x, int layer) {
        int width = stack.width();
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] q = times("q" + layer, x[t]);
            double[] mixed = new double[width];
            double sum = 0;
            for (double[] other : x) {
                double[] k = times("k" + layer, other);
                double[] v = times("v" + layer, other);
                double score = 0;
                for (int i = 0; i < width; i++) {
                    score += q[i] * k[i] / Math.sqrt(width);
                }
                sum += Math.exp(score);
                for (int i = 0; i < width; i++) {
                    mixed[i] += Math.exp(score) * v[i];
                }
            }
            for (int i = 0; i < width; i++) {
                mixed[i] /= sum;
            }
            y[t] = times("o" + layer, mixed);
        }
        return y;
    }

    private double[] feedForward(double[] x, int layer) {
        double[] hidden = times("first" + layer, x);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        return times("second" + layer, hidden);
    }
}
