package org.phasezoo.study.dynamics;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.phasezoo.engine.Precision;
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
import org.phasezoo.train.Footprint;

/// A two-layer net with quadratic neurons ([QuadraticPerceptron]), or its linearisation at its
/// start, that learns a quadratic function ([QuadraticTask]) on all its examples at each update: a
/// net that is lazy at first and rich later generalises late, without weight decay.
///
/// *Loss*: N/α² ⟨(f − y)²⟩, in units in which the paper's rate, N/α² on the mean squared error, is
/// 1 whatever α is. Weights begin as N(0, 1).
///
/// What is recorded are mean squared errors over ⟨y²⟩ of their examples. They are looked at
/// whenever the number of updates has grown by a 50th (and at each below 50); t_tr is the first
/// look with a training loss below .1, t_te the first with a test loss below .2. Training ends when
/// the test loss is below .15, or after all updates.
///
/// *Observables*: `steps.train.v1`, `steps.test.v1` (all updates where not reached);
/// `delay.steps.v1`, their difference, `delay.ratio.v1`, t_te/t_tr; `loss.test.memorised.v1`, the
/// test loss at t_tr; `loss.test.peak.v1`, the largest over that at the start;
/// `loss.train.last.v1`, `loss.test.last.v1`; for the net `kernel.alignment.gain.v1`, by how much
/// the tangent kernel's alignment with the labels of 200 test examples rises from t_tr to the end,
/// and `feature.alignment.v1`, βᵀMβ/(|β|² tr M/D) at the end, M = Σ w_k w_kᵀ/N. What needs t_tr is
/// undefined where it was not reached. Series, at every tenth look: `loss.train.step.v1`,
/// `loss.test.step.v1`.
///
/// *Draws*: `task`, as in [QuadraticTask].
///
/// *Source*: Kumar, Bordelon, Gershman and Pehlevan, "Grokking as the transition from lazy to rich
/// training dynamics", ICLR 2024, section 3.
///
/// @param dimension D, 2 to 200
/// @param width N, 2 to 100,000
/// @param examples P, 2 to 4096, all in each batch
/// @param laziness α, .01 to 100
/// @param alignment ε, .001 to 2
public record QuadraticRegression(
        Model model, int dimension, int width, int examples, double laziness, double alignment)
        implements StreamObjective {
    /// What is trained.
    public enum Model {
        NET,
        LINEARISED
    }

    public QuadraticRegression {
        Setting.within("dimension", dimension, 2, 200);
        Setting.within("width", width, 2, 100_000);
        Setting.within("examples", examples, 2, 4096);
        Setting.within("laziness", laziness, .01, 100);
        Setting.within("alignment", alignment, .001, 2);
    }

    @Override
    public void refuse(int batchSize, int updates) {
        Setting.within("batchSize", batchSize, examples, StreamTraining.MOST_EXAMPLES);
    }

    @Override
    public StoredNet net() {
        return QuadraticPerceptron.stored(this);
    }

    @Override
    public List<Parameter> parameters() {
        Shape shape = Shape.of(width, dimension);
        double root = Math.sqrt(dimension);
        return List.of(new Parameter("weight", shape, "weight", dimension, 1, root, 1));
    }

    @Override
    public double[] tensors(double[] parameters, Run run) {
        return DoubleStream.concat(DoubleStream.of(parameters), DoubleStream.of(start(run)))
                .toArray();
    }

    QuadraticTask task(Run run) {
        return new QuadraticTask(dimension, examples, run.key("task"));
    }

    @Override
    public Node loss(List<Node> parameters, int batchSize) {
        return QuadraticPerceptron.loss(this, parameters.getFirst(), examples);
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        return new QuadraticBatch(this, task(run).train(), start(run));
    }

    @Override
    public List<Observable> observables() {
        return QuadraticLooks.observables();
    }

    @Override
    public Optional<Looks> looks(Run run, StreamTraining training) {
        return Optional.of(new QuadraticLooks(this, run, training.updates()));
    }

    @Override
    public Footprint measuring(Precision precision, Run run) {
        return Footprint.of(QuadraticLooks.program(this), Precision.FLOAT64);
    }

    /// As if each net took an eighth of all updates, looks among them, since most generalise
    /// before. Small matrices in double precision take six times as long as large ones in single
    /// precision.
    @Override
    public double multiplyAdds(int batchSize) {
        double all = 6.0 * dimension * dimension * (3.0 * width + 2.0 * examples);
        return model == Model.NET ? all / 8 : all;
    }
}
