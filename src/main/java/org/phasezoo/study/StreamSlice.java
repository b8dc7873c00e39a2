package org.phasezoo.study;

/// Some updates of a [StreamTraining].
final class StreamSlice {
    /// Updates from one point of the series of losses to the next.
    private static final int SERIES = 250;

    /// At most so many multiply-adds and so many updates.
    private static final double WORK = 3e8;

    private static final int MOST = 10_000;
    private static final double[] UNSEEN = {};

    private final StreamTraining training;
    private final StreamState state;
    private final Saved at;
    private final Run run;
    private final Recorder out;
    private final boolean recordsLoss;

    StreamSlice(StreamTraining training, StreamState state, Run run, Recorder out) {
        this.training = training;
        this.state = state;
        this.at = state.at;
        this.run = run;
        this.out = out;
        this.recordsLoss = training.recordsLoss();
    }

    /// Whether there are updates left.
    boolean advance() {
        if (at.step() == 0) {
            keep(Checkpoint.INIT, state.learner.parameters());
        }
        int updates =
                (int)
                        Math.clamp(
                                WORK / training.objective().multiplyAdds(training.batchSize()),
                                1,
                                MOST);
        boolean more = true;
        for (int done = 0; done < updates && more; done++) {
            more = update();
        }
        out.updates(at.step());
        return more;
    }

    /// One update, with the look before it; false where training ends.
    private boolean update() {
        boolean last = at.step() == training.updates();
        boolean looks = state.looks.filter(it -> last || it.due(at.step())).isPresent();
        double[] before = last || looks ? state.learner.parameters() : UNSEEN;
        if (last && !looks) {
            return ended(before);
        }
        state.examples.set(state.learner.work(), at.step());
        double progress = (double) at.step() / training.updates();
        double loss = state.learner.update(training.schedule().factor(progress), progress);
        if (looks) {
            Looks.Seen seen = new Looks.Seen(loss, before, state.learner.work(), last);
            if (state.looks.orElseThrow().look(seen, at, out) || last) {
                return ended(before);
            }
        }
        if (!(loss < training.divergesAt())) {
            out.diverged("the loss is " + loss + " at update " + at.step());
            return false;
        }
        if (recordsLoss && at.step() % SERIES == 0) {
            out.series(StreamTraining.LOSS.definition(), at.step(), loss);
        }
        at.stepped();
        return true;
    }

    private boolean ended(double[] parameters) {
        StreamObjective objective = training.objective();
        double[] trained =
                training.polish()
                        .map(how -> how.of(objective, training.batchSize(), parameters))
                        .orElse(parameters);
        keep(Checkpoint.LAST, trained);
        objective.measure(trained, training.held(), run, out);
        return false;
    }

    private void keep(Checkpoint checkpoint, double[] parameters) {
        double[] tensors = training.objective().tensors(parameters, run);
        training.keep(checkpoint, at.step(), tensors, out);
    }
}
