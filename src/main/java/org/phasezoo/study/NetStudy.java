package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.phasezoo.metric.Net;

/// A study whose checkpoints are trained networks, so that landscape metrics can be measured on
/// them.
public interface NetStudy {
    /// The network of a checkpoint of the member that `run` stands for.
    Net net(Run run, Arrays weights);

    /// The network that training starts from, for plans: what a metric would cost on it.
    Net untrained(Run run);

    /// The name of its architecture, of `[a-z0-9-]`: members of one architecture have the same
    /// tensors, and their weights stand in `weights-<architecture>.arrow`.
    String architectureId();

    /// Whether its nets keep running statistics beside their parameters.
    default boolean runningStatistics() {
        return false;
    }

    /// What `model-<architecture>.json` says: the tensors and the layers, enough to build the same
    /// net elsewhere.
    ObjectNode model();

    /// What checks a reader's forward pass.
    Probe probe();
}
