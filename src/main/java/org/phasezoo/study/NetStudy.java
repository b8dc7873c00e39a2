package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.phasezoo.engine.Precision;

/// A study whose checkpoints are networks: any reader can run them again from what is stored.
public interface NetStudy {
    /// The id of its architecture, of `[a-z0-9-]`: nets with one id have tensors of the same
    /// shapes.
    String architectureId();

    /// The architecture's settings, `kind` first: nets with one id and the same settings have the
    /// same graph.
    ObjectNode settings();

    /// What `model-<architecture>.json` says: settings, tensors and the graph, enough to run the
    /// same net elsewhere.
    ObjectNode model();

    /// What checks a reader's forward pass; empty where a net reads more than one row an example.
    Optional<Probe> probe();

    /// What the member that `run` stands for is trained on; empty where examples are drawn anew for
    /// each update.
    Optional<TrainingData.Source> data(Run run);

    /// The id of an architecture whose tensors are of this precision.
    static String named(String architecture, Precision precision) {
        return precision == Precision.FLOAT64 ? architecture + "-float64" : architecture;
    }
}
