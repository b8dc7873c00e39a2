package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.phasezoo.metric.Net;
import org.phasezoo.metric.TrainedNet;
import org.phasezoo.model.Initialisation;
import org.phasezoo.train.Problem;

/// A study whose nets are trained on a data set, so that landscape metrics can be measured on them.
public interface LandscapeStudy extends NetStudy {
    /// What its nets are trained on.
    NetProblem problem();

    /// How its nets begin.
    Initialisation initialisation();

    /// The network of a checkpoint of the member that `run` stands for.
    default Net net(Run run, Arrays weights) {
        Problem problem = problem().of(run);
        return new TrainedNet(problem, Weights.flat(problem.tensors(), weights));
    }

    /// The network that training starts from, for plans: what a metric would cost on it.
    default Net untrained(Run run) {
        Problem problem = problem().of(run);
        double[] drawn = initialisation().draw(problem.tensors(), run.key("initialisation"));
        return new TrainedNet(problem, Weights.held(problem, drawn));
    }

    /// All tensors of a net, one after the other, by their names.
    default Arrays named(double[] weights) {
        return Weights.named(problem().precision(), problem().any().tensors(), weights);
    }

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
