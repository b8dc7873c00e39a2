package org.phasezoo.study;

import java.util.List;
import java.util.Optional;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Node;
import org.phasezoo.model.Parameter;
import org.phasezoo.train.Footprint;

/// What a net lowers on examples that are drawn anew for each update, with the net, the examples
/// and what is told of a trained one: all that a paper adds to [StreamTraining]. Its record
/// components are its settings.
public interface StreamObjective {
    /// The net as it is stored. Its tensors are what is trained: as many of them, of these shapes,
    /// in this order.
    StoredNet net();

    /// The mean loss of a batch, a scalar, as graph of the parameters. Its inputs are those that
    /// [#examples] sets; the loss may differentiate the net by them.
    ///
    /// @param batchSize examples at most
    Node loss(List<Node> parameters, int batchSize);

    /// The examples of a member.
    Examples examples(Run run, int batchSize);

    /// Examples that stay, for a method that needs a function and not draws; empty where there are
    /// none.
    default Optional<Examples> fixed(int batchSize) {
        return Optional.empty();
    }

    /// What [#measure] records.
    List<Observable> observables();

    /// Records what a trained net does.
    void measure(double[] parameters, Precision precision, Run run, Recorder out);

    /// The memory of the programs of [#measure].
    Footprint measuring(Precision precision, Run run);

    /// Multiply-adds of one update, about.
    double multiplyAdds(int batchSize);

    /// The parameters that are trained.
    default List<Parameter> parameters() {
        return net().tensors();
    }

    /// Examples of one update after the other.
    @FunctionalInterface
    interface Examples {
        /// Sets the inputs of the update that comes after so many.
        void set(Workspace work, long update);
    }
}
