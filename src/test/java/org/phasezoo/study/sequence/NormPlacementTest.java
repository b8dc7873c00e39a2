package org.phasezoo.study.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Kept;
import org.phasezoo.study.sequence.NormPlacement.Placement;

class NormPlacementTest {
    private static final int D = 4;
    private static final int SYMBOLS = 5;
    private static final int SEQUENCES = 2;
    private static final int TOKENS = 3;
    private static final int LAYERS = 2;

    /// A second forward pass, in plain loops over tokens as vectors.
    private static final class Plain {
        private final Placement placement;
        private final double[][] weights;

        Plain(Placement placement, double[][] weights) {
            this.placement = placement;
            this.weights = weights;
        }

        private static double[] times(double[] w, double[] x, int out) {
            double[] y = new double[out];
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < x.length; i++) {
                    y[o] += w[o * x.length + i] * x[i];
                }
            }
            return y;
        }

        private static double[] norm(double[] x) {
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
            }
            return y;
        }

        private static double[] plus(double[] a, double[] b) {
            double[] y = a.clone();
            for (int i = 0; i < y.length; i++) {
                y[i] += b[i];
            }
            return y;
        }

        private double[][] attention(double[][] x, int at) {
            double[][] q = new double[TOKENS][];
            double[][] k = new double[TOKENS][];
            double[][] v = new double[TOKENS][];
            for (int t = 0; t < TOKENS; t++) {
                q[t] = times(weights[at], x[t], D);
                k[t] = times(weights[at + 1], x[t], D);
                v[t] = times(weights[at + 2], x[t], D);
            }
            double[][] y = new double[TOKENS][];
            for (int t = 0; t < TOKENS; t++) {
                double[] mixed = new double[D];
                double sum = 0;
                for (int s = 0; s < TOKENS; s++) {
                    double score = 0;
                    for (int i = 0; i < D; i++) {
                        score += q[t][i] * k[s][i] / Math.sqrt(D);
                    }
                    sum += Math.exp(score);
                    for (int i = 0; i < D; i++) {
                        mixed[i] += Math.exp(score) * v[s][i];
                    }
                }
                for (int i = 0; i < D; i++) {
                    mixed[i] /= sum;
                }
                y[t] = times(weights[at + 3], mixed, D);
            }
            return y;
        }

        private double[] feedForward(double[] x, int at) {
            double[] hidden = times(weights[at], x, 4 * D);
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] = Math.max(0, hidden[i]);
            }
            return times(weights[at + 1], hidden, D);
        }

        double loss(int[][] inputs, int[][] targets) {
            boolean pre = placement == Placement.PRE;
            double loss = 0;
            for (int n = 0; n < SEQUENCES; n++) {
                double[][] x = new double[TOKENS][];
                for (int t = 0; t < TOKENS; t++) {
                    double[] symbol = new double[SYMBOLS];
                    symbol[inputs[n][t]] = 1;
                    x[t] = times(weights[0], symbol, D);
                }
                for (int layer = 0; layer < LAYERS; layer++) {
                    int at = 1 + 6 * layer;
                    double[][] in = new double[TOKENS][];
                    for (int t = 0; t < TOKENS; t++) {
                        in[t] = pre ? norm(x[t]) : x[t];
                    }
                    double[][] attended = attention(in, at);
                    for (int t = 0; t < TOKENS; t++) {
                        x[t] = plus(x[t], attended[t]);
                        x[t] = pre ? x[t] : norm(x[t]);
                        x[t] = plus(x[t], feedForward(pre ? norm(x[t]) : x[t], at + 4));
                        x[t] = pre ? x[t] : norm(x[t]);
                    }
                }
                for (int t = 0; t < TOKENS; t++) {
                    double[] logits =
                            times(weights[1 + 6 * LAYERS], pre ? norm(x[t]) : x[t], SYMBOLS);
                    double sum = 0;
                    for (double z : logits) {
                        sum += Math.exp(z);
                    }
                    loss += (Math.log(sum) - logits[targets[n][t]]) / (SEQUENCES * TOKENS);
                }
            }
            return loss;
        }
    }

    private static int[][] symbols(Draws draws) {
        int[][] symbols = new int[SEQUENCES][TOKENS];
        for (int i = 0; i < SEQUENCES * TOKENS; i++) {
            symbols[i / TOKENS][i % TOKENS] = draws.below(i, SYMBOLS);
        }
        return symbols;
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void loss_and_gradient_norms_are_those_of_plain_loops_and_differences(Placement placement) {
        NormPlacement study = new NormPlacement(placement, LAYERS, D, SYMBOLS, SEQUENCES, TOKENS);
        var run = Kept.run(4);
        double[] found = study.gradientNorms(run, Precision.FLOAT64);
        double[][] weights = study.weights(run).toArray(double[][]::new);
        int[][] inputs = symbols(new Draws(run.key("symbols")));
        int[][] targets = symbols(new Draws(run.key("targets")));
        Plain plain = new Plain(placement, weights);
        assertThat(found[0]).isCloseTo(plain.loss(inputs, targets), within(1e-12));
        for (int layer = 0; layer < LAYERS; layer++) {
            double[] second = weights[1 + 6 * layer + 5];
            double square = 0;
            for (int i = 0; i < second.length; i++) {
                double kept = second[i];
                second[i] = kept + 1e-5;
                double up = plain.loss(inputs, targets);
                second[i] = kept - 1e-5;
                double slope = (up - plain.loss(inputs, targets)) / 2e-5;
                second[i] = kept;
                square += slope * slope;
            }
            assertThat(found[layer + 1]).isCloseTo(Math.sqrt(square), within(1e-8));
        }
    }

    @Test
    void a_member_records_its_layers() {
        Kept kept = Kept.finish(new NormPlacement(Placement.PRE, 3, 8, 5, 2, 4), 1);
        assertThat(kept.of("gradient.layer.v1@3")).isEqualTo(kept.of("gradient.last.v1"));
        assertThat(kept.of("gradient.tilt.v1"))
                .isEqualTo(kept.of("gradient.last.v1") / kept.of("gradient.first.v1"));
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() -> new NormPlacement(Placement.PRE, 0, 8, 5, 2, 4))
                .hasMessageStartingWith("layers is 0; choose one from 1 to 64");
    }
}
