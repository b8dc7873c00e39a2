package org.phasezoo.study;

import java.util.Optional;
import org.phasezoo.train.Learner;

/// A net in training on a stream, between two updates.
public final class StreamState implements State {
    private static final String STATE = "state";

    final Learner learner;
    final StreamObjective.Examples examples;
    final Optional<Looks> looks;
    final Saved at;

    private StreamState(StreamTraining training, Run run, Saved at, double[] state) {
        this.learner = training.learner();
        this.examples = training.objective().examples(run, training.batchSize());
        this.looks = training.objective().looks(run, training);
        this.at = at;
        examples.begin(learner.work());
        learner.restore(state, at.step());
    }

    static StreamState start(StreamTraining training, Run run) {
        return new StreamState(training, run, new Saved(), training.objective().start(run));
    }

    static StreamState restore(StreamTraining training, Run run, Arrays saved) {
        Saved at = Saved.restore(saved);
        return new StreamState(training, run, at, at.row(STATE));
    }

    @Override
    public Arrays save() {
        return at.with(STATE, learner.state()).save();
    }
}
