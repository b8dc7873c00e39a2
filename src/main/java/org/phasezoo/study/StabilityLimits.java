package org.phasezoo.study;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Learner;

/// The learning rates at which a training changes its fate, by bisection: each trial trains the net
/// from the same start.
///
/// *Observables*, factors of the optimiser's rate, each by `halvings` of the range from `lowest` to
/// `highest`: `edge.rise.v1`, above which the loss rises above 1.05 times its start;
/// `edge.convergence.v1`, below which it falls below 1e-3 of its start within the updates of the
/// training; `edge.divergence.v1`, above which it exceeds 1e10 times its start or is not finite.
/// Each is the place of one change between the ends; `highest` where the upper end has not changed.
///
/// *Draws*: those of the training. Looks, polish, checkpoints and `divergesAt` of the training have
/// no part in it.
///
/// @param lowest above 0
/// @param highest above `lowest`, at most 1e6
/// @param halvings 1 to 50
public record StabilityLimits(StreamTraining training, double lowest, double highest, int halvings)
        implements Iterated {
    /// What is found, in this order.
    private enum Edge {
        RISE("edge.rise.v1"),
        CONVERGENCE("edge.convergence.v1"),
        DIVERGENCE("edge.divergence.v1");

        private final String definition;

        Edge(String definition) {
            this.definition = definition;
        }
    }

    public StabilityLimits {
        Setting.above("lowest", lowest, 0, 1e6);
        Setting.above("highest", highest, lowest, 1e6);
        Setting.within("halvings", halvings, 1, 50);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable(Edge.RISE.definition, false, "1"),
                new Observable(Edge.CONVERGENCE.definition, false, "1"),
                new Observable(Edge.DIVERGENCE.definition, false, "1"));
    }

    @Override
    public Optional<UpdateProgram> update(Run run) {
        return training.update(run);
    }

    @Override
    public Saved start(Run run) {
        return new Saved().with("edges", new double[Edge.values().length]);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        Edge edge = Edge.values()[(int) state.step()];
        double[] edges = state.row("edges");
        edges[edge.ordinal()] = bisect(edge, new Trials(training, run));
        state.stepped();
        out.updates(state.step());
        if (state.step() < edges.length) {
            return true;
        }
        for (Edge each : Edge.values()) {
            out.scalar(each.definition, edges[each.ordinal()]);
        }
        return false;
    }

    private double bisect(Edge edge, Trials trials) {
        double low = lowest;
        double high = highest;
        if (!trials.beyond(edge, high)) {
            return high;
        }
        for (int i = 0; i < halvings; i++) {
            double middle = (low + high) / 2;
            if (trials.beyond(edge, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return (low + high) / 2;
    }

    /// Trainings of one member.
    private static final class Trials {
        private final StreamTraining training;
        private final Learner learner;
        private final StreamObjective.Examples examples;
        private final double[] start;

        private Trials(StreamTraining training, Run run) {
            this.training = training;
            this.learner = training.learner();
            this.examples = training.objective().examples(run, training.batchSize());
            this.start = training.objective().start(run);
            examples.begin(learner.work());
        }

        private boolean beyond(Edge edge, double rate) {
            learner.restore(start, 0);
            double first = Double.NaN;
            for (int i = 0; i < training.updates(); i++) {
                examples.set(learner.work(), i);
                double progress = (double) i / training.updates();
                double factor = rate * training.schedule().factor(progress);
                double loss = learner.update(factor, progress);
                first = i == 0 ? loss : first;
                if (!(loss <= 1e10 * first) || edge == Edge.RISE && loss > 1.05 * first) {
                    return true;
                }
                if (loss < 1e-3 * first) {
                    return false;
                }
            }
            return edge == Edge.CONVERGENCE;
        }
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> revisions = training.revisions();
        revisions.put("stability-limits", 1);
        return revisions;
    }

    @Override
    public Footprint footprint(Run run) {
        return Footprint.of(training.learner());
    }

    @Override
    public double multiplyAdds() {
        return training.multiplyAdds() * Edge.values().length * halvings / 2;
    }
}
