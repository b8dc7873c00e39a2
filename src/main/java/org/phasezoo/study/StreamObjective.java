package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Node;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.train.Descent;
import org.phasezoo.train.Footprint;
import org.phasezoo.train.Learner;

/// What a net lowers on the examples that are set for each update, drawn anew or the same, with the
/// net, the examples and what is told of it: all that a paper adds to [StreamTraining]. Its record
/// components are its settings.
public interface StreamObjective {
    /// The net as it is stored.
    StoredNet net();

    /// The mean loss of a batch, a scalar, as graph of the parameters. Its inputs are those that
    /// [#examples] sets; the loss may differentiate the net by them.
    ///
    /// @param batchSize examples at most
    Node loss(List<Node> parameters, int batchSize);

    /// What the program of an update tells, [Descent#LOSS] among it; the loss alone, if no look
    /// asks for more.
    default SequencedMap<String, Node> outputs(List<Node> parameters, int batchSize) {
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(Descent.LOSS, loss(parameters, batchSize));
        return outputs;
    }

    /// Refuses a batch size that its examples do not allow, and a number of updates that its looks
    /// do not.
    default void refuse(int batchSize, int updates) {}

    /// The examples of a member.
    Examples examples(Run run, int batchSize);

    /// Examples that stay, for a method that needs a function and not draws; empty where there are
    /// none.
    default Optional<Examples> fixed(int batchSize) {
        return Optional.empty();
    }

    /// What [#looks] and [#measure] record.
    List<Observable> observables();

    /// Looks at the net of a member on the way; empty where only the trained one is measured.
    default Optional<Looks> looks(Run run, StreamTraining training) {
        return Optional.empty();
    }

    /// Records what a trained net does, beside what was looked at.
    default void measure(double[] parameters, Precision precision, Run run, Recorder out) {}

    /// The memory of the programs of [#looks] and [#measure].
    default Footprint measuring(Precision precision, Run run) {
        return Footprint.NONE;
    }

    /// Multiply-adds of one update, about.
    double multiplyAdds(int batchSize);

    /// The parameters that are trained: the net's tensors, if none is frozen.
    default List<Parameter> parameters() {
        return net().tensors();
    }

    /// The parameters that a member begins with, as in [Learner#start].
    default double[] start(Run run) {
        return Learner.start(parameters(), new Draws(run.key("start")));
    }

    /// The net's tensors, one after the other, where the parameters have these values.
    default double[] tensors(double[] parameters, Run run) {
        return parameters;
    }

    /// Examples of one update after the other.
    @FunctionalInterface
    interface Examples {
        /// Sets the inputs that stay the same, before any update.
        default void begin(Workspace work) {}

        /// Sets the inputs of the update that comes after so many.
        void set(Workspace work, long update);
    }
}
