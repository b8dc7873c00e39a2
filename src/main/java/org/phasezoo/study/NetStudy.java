package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.phasezoo.engine.Precision;

/// A study whose checkpoints are networks: any reader can run them again from what is stored.
public interface NetStudy {
    /// The name of its architecture, of `[a-z0-9-]`: members of one architecture have the same
    /// tensors and the same graph, and their weights stand in `weights-<architecture>.arrow`.
    String architectureId();

    /// What `model-<architecture>.json` says: settings, tensors and the graph, enough to run the
    /// same net elsewhere.
    ObjectNode model();

    /// What checks a reader's forward pass; empty where a net reads more than one row an example.
    Optional<Probe> probe();

    /// What the member that `run` stands for is trained on; empty where examples are drawn anew for
    /// each update.
    Optional<TrainingData.Source> data(Run run);

    /// The name of an architecture whose tensors are of this precision.
    static String named(String architecture, Precision precision) {
        return precision == Precision.FLOAT64 ? architecture + "-float64" : architecture;
    }
}
