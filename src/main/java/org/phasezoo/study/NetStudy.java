package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.phasezoo.engine.Precision;
import org.phasezoo.metric.Net;

/// A study whose checkpoints are trained networks, so that landscape metrics can be measured on
/// them.
public interface NetStudy {
    /// The network of a checkpoint of the member that `run` stands for.
    Net net(Run run, Arrays weights);

    /// The network that training starts from, for plans: what a metric would cost on it.
    Net untrained(Run run);

    /// What its nets are trained on.
    NetProblem problem();

    /// The name of its architecture, of `[a-z0-9-]`: members of one architecture have the same
    /// tensors, and their weights stand in `weights-<architecture>.arrow`.
    default String architectureId() {
        String id = problem().architecture().id();
        return problem().precision() == Precision.FLOAT64 ? id + "-float64" : id;
    }

    /// Whether its nets keep running statistics beside their parameters.
    default boolean runningStatistics() {
        return problem().runningStatistics();
    }

    /// What `model-<architecture>.json` says: settings, tensors and the graph, enough to run the
    /// same net elsewhere.
    default ObjectNode model() {
        return ModelJson.of(problem().architecture(), problem().input());
    }

    /// What the member that `run` stands for is trained on.
    default TrainingData.Source data(Run run) {
        return new DividedData(problem().data(), run.key("split"));
    }

    /// What checks a reader's forward pass.
    default Probe probe() {
        return new TrainingProbe(problem().any());
    }
}
