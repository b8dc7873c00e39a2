package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Digits;
import org.phasezoo.data.Split;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.model.Perceptron;
import org.phasezoo.model.Scaled;
import org.phasezoo.model.Scaled.Exponents;
import org.phasezoo.random.Key;

/// What ten updates of full batches change as the width of a net grows 8 times.
class ScaledTest {
    private static final int BASE = 128;
    private static final Exponents NONE = new Exponents(0, 0, 0);
    private static final Exponents IN = new Exponents(-.5, .5, 0);
    private static final Exponents TANGENT = new Exponents(.5, -.5, 0);

    private static Architecture standard(int... widths) {
        return new Perceptron(Arrays.stream(widths).boxed().toList(), Perceptron.Activation.TANH);
    }

    private static Architecture maximalUpdate(int... widths) {
        Exponents out = new Exponents(.5, 0, 0);
        return new Scaled(standard(widths), BASE, IN, NONE, out, IN);
    }

    private static Architecture tangent(int... widths) {
        return new Scaled(standard(widths), BASE, NONE, TANGENT, TANGENT, NONE);
    }

    /// Norms of what changed in three nets together: of the outputs, and of the parameters relative
    /// to their norm at the start.
    private record Change(double outputs, double weights) {}

    private static Change change(Architecture net) {
        Split split = new Digits(512, 64, .305, .376).split(new Key(0));
        Problem problem = new Problem(net, split, new Objective.CrossEntropy());
        double outputs = 0;
        double moved = 0;
        double size = 0;
        for (int seed = 0; seed < 3; seed++) {
            double[] weights =
                    new Initialisation.FanInNormal(1).draw(problem.parameters(), new Key(seed));
            Trainer trainer = new Trainer(problem, new Momentum(.02, 0, 0, 0), 64, new Key(0));
            trainer.set(weights, List.of(), 0);
            Evaluator evaluator = new Evaluator(problem);
            double[] before = evaluator.logits(weights, split.inputs(), 64);
            for (int i = 0; i < 10; i++) {
                trainer.update(split.train(), 0, 64, .02, 0);
            }
            outputs += distance(before, evaluator.logits(trainer.weights(), split.inputs(), 64));
            moved += distance(weights, trainer.weights());
            size += distance(weights, new double[weights.length]);
        }
        return new Change(Math.sqrt(outputs), Math.sqrt(moved / size));
    }

    private static double distance(double[] a, double[] b) {
        double square = 0;
        for (int i = 0; i < a.length; i++) {
            square += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return square;
    }

    @Test
    void maximal_update_exponents_keep_the_outputs_change_where_the_standard_ones_let_it_grow() {
        double kept =
                change(maximalUpdate(1024, 1024)).outputs / change(maximalUpdate(128, 128)).outputs;
        double grown = change(standard(1024, 1024)).outputs / change(standard(128, 128)).outputs;
        assertThat(kept).isBetween(.6, 1.7);
        assertThat(grown).isGreaterThan(2.5);
    }

    /// Training by a fixed kernel: the outputs change by as much in nets of any width, the weights
    /// by less and less, with one hidden layer by 1/√width of their size.
    @Test
    void neural_tangent_exponents_keep_the_outputs_change_while_the_weights_come_to_rest() {
        Change narrow = change(tangent(128));
        Change wide = change(tangent(1024));
        assertThat(wide.outputs / narrow.outputs).isBetween(.8, 1.25);
        assertThat(wide.weights / narrow.weights).isCloseTo(Math.sqrt(1.0 / 8), within(.04));
        Change deepNarrow = change(tangent(128, 128));
        Change deepWide = change(tangent(1024, 1024));
        assertThat(deepWide.outputs / deepNarrow.outputs).isBetween(.8, 1.25);
        assertThat(deepWide.weights / deepNarrow.weights).isLessThan(.25);
    }

    /// Mean field: the outputs change by as much in nets of any width, and so do the weights of the
    /// hidden units.
    @Test
    void mean_field_exponents_of_one_hidden_layer_keep_both_changes() {
        Change narrow = change(maximalUpdate(512));
        Change wide = change(maximalUpdate(4096));
        assertThat(wide.outputs / narrow.outputs).isBetween(.8, 1.25);
        assertThat(wide.weights / narrow.weights).isBetween(.9, 1.1);
    }
}
