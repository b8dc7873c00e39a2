package org.phasezoo.study.dynamics;

import java.util.List;
import java.util.Optional;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.study.Looks;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.study.StreamTraining;

/// The middle matrix W of a three-layer tanh net on its way to a teacher that shares the other two
/// ([FrozenEnds]).
///
/// *Loss*: Σ (f − y)²/2, the sum over the batch and not its mean. Under plain gradient descent the
/// learning rate is then T = ε/|B|, the ratio of rate to batch size, and T is the temperature.
/// Update u takes batch u mod `batches` of [StudentBatches], in an order that never changes. W
/// starts at N(0, σ²/first), σ = `disorder`.
///
/// *Observables* at the end, on 1000 fresh inputs: `loss.test.v1`, ⟨(f − y)²⟩, and
/// `loss.relative.v1`, ⟨(f − y)²⟩/Var(y); `memory.initial.v1`, ⟨s₀ · s⟩/second with s = tanh(W a)
/// the hidden state now and s₀ at the start, and `memory.kept.v1`, its ratio to ⟨s₀ · s₀⟩/second;
/// `overlap.teacher.v1`, ⟨s* · s⟩/second; `weights.growth.v1`, ‖W‖/‖W₀‖; `singular.drift.v1`, the
/// root mean square of log sᵢ/sᵢ(0) over the singular values in their order; `singular.share.v1`,
/// the largest one's share of ‖W‖². Series, at 20 times and the end: `loss.test.step.v1`,
/// `memory.initial.step.v1`, `singular.largest.step.v1`.
///
/// *Draws*: `teacher`, as in [FrozenEnds] and [StudentBatches]. *Stored net*: [StudentGraph].
///
/// *Source*: Park, Lucini and Aarts, "Phase diagram and eigenvalue dynamics of stochastic gradient
/// descent in multilayer neural networks", 2025, with the sizes of its code.
///
/// @param disorder σ, .001 to 1000
/// @param batches 1 to 10,000
/// @param inputs 1 to 64
/// @param first width of the first hidden layer, 2 to 256
/// @param second width of the second, 2 to 64
public record TeacherStudent(double disorder, int batches, int inputs, int first, int second)
        implements StreamObjective {
    /// Input: a = tanh(M x) of each example, `(batch, first)`.
    static final String ENTERED = "entered";

    /// Input: y of each example, `(batch, 1)`.
    static final String TARGETS = "targets";

    /// Input: Z, `(second, 1)`.
    static final String READOUT = "readout";

    public TeacherStudent {
        Setting.within("disorder", disorder, 1e-3, 1000);
        Setting.within("batches", batches, 1, 10_000);
        Setting.within("inputs", inputs, 1, 64);
        Setting.within("first", first, 2, 256);
        Setting.within("second", second, 2, 64);
    }

    @Override
    public void refuse(int batchSize, int updates) {
        Setting.within("batches · batchSize", (double) batches * batchSize, 1, 100_000);
    }

    @Override
    public StoredNet net() {
        return StudentGraph.stored(inputs, first, second);
    }

    @Override
    public List<Parameter> parameters() {
        Shape shape = Shape.of(second, first);
        return List.of(new Parameter("weight", shape, "weight", first, 1, disorder, 1));
    }

    @Override
    public double[] tensors(double[] parameters, Run run) {
        return ends(run).tensors(parameters);
    }

    FrozenEnds ends(Run run) {
        return new FrozenEnds(inputs, first, second, run.key("teacher"));
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        Node w = parameters.getFirst();
        Graph graph = w.graph();
        Node a = graph.input(ENTERED, Shape.of(batchSize, first));
        Node y = graph.input(TARGETS, Shape.of(batchSize, 1));
        Node z = graph.input(READOUT, Shape.of(second, 1));
        Node f = a.contract(false, w, true).tanh().contract(false, z, false);
        Node residual = f.minus(y);
        return residual.times(residual).sumAll().times(.5);
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        return new StudentBatches(ends(run), batches, batchSize);
    }

    @Override
    public List<Observable> observables() {
        return StudentLooks.observables();
    }

    @Override
    public Optional<Looks> looks(Run run, StreamTraining training) {
        return Optional.of(new StudentLooks(this, run, training.updates()));
    }

    /// Such small programs take as long as their calls and hyperbolic tangents: as long as so many
    /// of a large net's.
    @Override
    public double multiplyAdds(int batchSize) {
        return 150_000 + batchSize * (12.0 * first * second + 600 * second);
    }
}
