package org.phasezoo.study.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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

    private static int[][] symbols(Draws draws) {
        int[][] symbols = new int[SEQUENCES][TOKENS];
        for (int i = 0; i < SEQUENCES * TOKENS; i++) {
            symbols[i / TOKENS][i % TOKENS] = draws.below(i, SYMBOLS);
        }
        return symbols;
    }

    private static double loss(PlainTransformer plain, int[][] inputs, int[][] targets) {
        double loss = 0;
        for (int n = 0; n < SEQUENCES; n++) {
            double[][] logits = plain.logits(inputs[n]);
            for (int t = 0; t < TOKENS; t++) {
                loss += PlainTransformer.loss(logits[t], targets[n][t]) / (SEQUENCES * TOKENS);
            }
        }
        return loss;
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void loss_and_gradient_norms_are_those_of_plain_loops_and_differences(Placement placement) {
        NormPlacement study = new NormPlacement(placement, LAYERS, D, SYMBOLS, SEQUENCES, TOKENS);
        var run = Kept.run(4);
        double[] found = study.gradientNorms(run, Precision.FLOAT64);
        List<double[]> weights = study.weights(run);
        int[][] inputs = symbols(new Draws(run.key("symbols")));
        int[][] targets = symbols(new Draws(run.key("targets")));
        TransformerStack stack = new TransformerStack(placement, LAYERS, D, SYMBOLS, false);
        PlainTransformer plain = new PlainTransformer(stack, stack.parameters(), weights);
        assertThat(found[0]).isCloseTo(loss(plain, inputs, targets), within(1e-12));
        for (int layer = 0; layer < LAYERS; layer++) {
            double[] second = weights.get(1 + 6 * layer + 5);
            double square = 0;
            for (int i = 0; i < second.length; i++) {
                double kept = second[i];
                second[i] = kept + 1e-5;
                double up = loss(plain, inputs, targets);
                second[i] = kept - 1e-5;
                double slope = (up - loss(plain, inputs, targets)) / 2e-5;
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
