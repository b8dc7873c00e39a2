package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.model.Parameter;

/// The parameters of a net inside a program: inputs `<prefix><name>`, set from and read into one
/// flat array that holds the tensors one after the other.
public record Tensors(String prefix, List<Parameter> parameters) {
    public Tensors {
        parameters = List.copyOf(parameters);
    }

    public List<Node> inputs(Graph graph) {
        List<Node> inputs = new ArrayList<>();
        for (Parameter parameter : parameters) {
            inputs.add(graph.input(name(parameter), parameter.shape()));
        }
        return inputs;
    }

    /// Keeps these inputs in a program whose other outputs do not read them all.
    public static void keep(List<Node> inputs, SequencedMap<String, Node> outputs) {
        inputs.forEach(node -> outputs.put("kept" + node.number(), node));
    }

    public String name(Parameter parameter) {
        return prefix + parameter.name();
    }

    /// Number of elements in all.
    public int size() {
        int n = 0;
        for (Parameter parameter : parameters) {
            n += parameter.shape().elements();
        }
        return n;
    }

    public void set(Workspace work, double[] values) {
        int at = 0;
        for (Parameter parameter : parameters) {
            work.set(name(parameter), values, at);
            at += parameter.shape().elements();
        }
    }

    /// The present values of these inputs, which a program's carries may have changed, from `at`
    /// on.
    public void peek(Workspace work, double[] into, int at) {
        for (Parameter parameter : parameters) {
            work.peek(name(parameter), into, at);
            at += parameter.shape().elements();
        }
    }

    /// Reads outputs of these names.
    public void get(Workspace work, double[] into) {
        int at = 0;
        for (Parameter parameter : parameters) {
            work.get(name(parameter), into, at);
            at += parameter.shape().elements();
        }
    }
}
