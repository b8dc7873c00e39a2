package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.phasezoo.metric.Net;

/// A study whose nets are trained on a data set, so that landscape metrics can be measured on them.
public interface LandscapeStudy extends NetStudy {
    /// The network of a checkpoint of the member that `run` stands for.
    Net net(Run run, Arrays weights);

    /// The network that training starts from, for plans: what a metric would cost on it.
    Net untrained(Run run);

    /// What its nets are trained on.
    NetProblem problem();

    /// Whether its nets keep running statistics beside their parameters.
    default boolean runningStatistics() {
        return problem().runningStatistics();
    }

    @Override
    default String architectureId() {
        return NetStudy.named(problem().architecture().id(), problem().precision());
    }

    @Override
    default ObjectNode settings() {
        return ModelJson.settings(problem().architecture());
    }

    @Override
    default ObjectNode model() {
        return ModelJson.of(problem().architecture(), problem().input());
    }

    @Override
    default Optional<Probe> probe() {
        return Optional.of(new TrainingProbe(problem().any()));
    }

    @Override
    default Optional<TrainingData.Source> data(Run run) {
        return Optional.of(new DividedData(problem().data(), run.key("split")));
    }
}
