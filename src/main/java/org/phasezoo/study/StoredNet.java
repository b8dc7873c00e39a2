package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Problem;

/// A net as it is stored for readers elsewhere.
///
/// @param id of `[a-z0-9-]`: nets with one id have tensors of the same shapes
/// @param settings of the architecture, `kind` first: nets with the same have the same graph
/// @param precision of weights and probe
/// @param tensors in the order in which they are stored
/// @param outputs from the tensors to rows of outputs, as graph; it makes the inputs that it reads
/// @param rows what a net reads whose only input is [Problem#X], one row an example
public record StoredNet(
        String id,
        ObjectNode settings,
        Precision precision,
        List<Parameter> tensors,
        Outputs outputs,
        Optional<Rows> rows) {
    /// Outputs in the graph that the tensors stand in.
    @FunctionalInterface
    public interface Outputs {
        /// @param capacity most rows of each bounded axis; no setting of the graph depends on it
        Node of(List<Node> tensors, int capacity);
    }

    /// Outputs `(n, …)` of examples `(n, numbers)`.
    @FunctionalInterface
    public interface RowOutputs {
        Node of(List<Node> tensors, Node x);
    }

    /// @param numbers of an example
    /// @param probe the examples that check a reader's forward pass, [Probe#INPUTS] rows
    public record Rows(int numbers, double[] probe) {}

    /// A net in float32 that reads one row an example.
    public static StoredNet ofRows(
            String id,
            ObjectNode settings,
            List<Parameter> tensors,
            Rows rows,
            RowOutputs outputs) {
        return new StoredNet(
                id,
                settings,
                Precision.FLOAT32,
                tensors,
                (p, capacity) -> {
                    Graph graph = p.getFirst().graph();
                    Shape shape = Shape.bounded(Problem.ROWS, capacity, rows.numbers());
                    return outputs.of(p, graph.input(Problem.X, shape));
                },
                Optional.of(rows));
    }

    /// The same net in another precision.
    public StoredNet in(Precision other) {
        return new StoredNet(id, settings, other, tensors, outputs, rows);
    }
}
