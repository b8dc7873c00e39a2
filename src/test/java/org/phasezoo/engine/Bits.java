package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.graph.Node;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// The engine beside the [Interpreter].
final class Bits {
    private Bits() {}

    /// A value for every element of every input: half a standard normal, a float.
    static TreeMap<String, double[]> drawn(Program program) {
        TreeMap<String, double[]> inputs = new TreeMap<>();
        for (String name : program.inputNames()) {
            Draws draws = new Draws(Key.of(name));
            double[] values = new double[program.input(name).shape().elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (.5 * draws.normal(i));
            }
            inputs.put(name, values);
        }
        return inputs;
    }

    /// All outputs are what the definition gives with `count` samples of `n`, in both precisions.
    static void assertDefined(
            SequencedMap<String, Node> outputs,
            Program program,
            int count,
            TreeMap<String, double[]> inputs) {
        for (Precision precision : Precision.values()) {
            Workspace work = program.workspace(precision);
            work.count("n", count);
            for (String name : program.inputNames()) {
                work.set(name, inputs.get(name));
            }
            work.run();
            Interpreter definition = new Interpreter(precision, count, inputs);
            outputs.forEach((name, node) -> {
                double[] expected = definition.value(node);
                double[] found = new double[expected.length];
                work.get(name, found, 0);
                assertThat(found).as("%s %s n=%d", name, precision, count).isEqualTo(expected);
            });
        }
    }

    /// As [#assertDefined(SequencedMap, Program, int, TreeMap)], of drawn inputs.
    static void assertDefined(SequencedMap<String, Node> outputs, int count) {
        Program program = Program.of(outputs);
        assertDefined(outputs, program, count, drawn(program));
    }
}
