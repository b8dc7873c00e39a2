package org.phasezoo.study.dynamics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Probe;
import org.phasezoo.study.StoredNet;

/// A student of [FrozenEnds] with its frozen layers as graph; stored as
/// `frozen-ends-<inputs>-<first>-<second>`, from inputs to f.
final class StudentGraph {
    private StudentGraph() {}

    /// The net for readers elsewhere, from inputs to outputs: M, W and Z.
    static StoredNet stored(int inputs, int first, int second) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", "frozen-ends").put("inputs", inputs);
        settings.put("first", first).put("second", second);
        double[] probe = Normals.of(new Draws(Key.of("frozen-ends")), 0, Probe.INPUTS * inputs, 1);
        return StoredNet.ofRows(
                "frozen-ends-" + inputs + "-" + first + "-" + second,
                settings,
                List.of(
                        new Parameter("entry", Shape.of(first, inputs), "buffer", inputs, 1),
                        new Parameter("weight", Shape.of(second, first), "weight", first, 1),
                        new Parameter("readout", Shape.of(1, second), "buffer", second, 1)),
                new StoredNet.Rows(inputs, probe),
                (p, x) ->
                        x.contract(false, p.get(0), true)
                                .tanh()
                                .contract(false, p.get(1), true)
                                .tanh()
                                .contract(false, p.get(2), true));
    }
}
