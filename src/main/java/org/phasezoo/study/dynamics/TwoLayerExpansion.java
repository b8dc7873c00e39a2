package org.phasezoo.study.dynamics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Precision;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.model.Parameter;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.study.Looks;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Run;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.train.Footprint;

/// A two-layer net ([TwoLayerNet]), or its quadratic or linear model ([TaylorModel]), on examples
/// that are all in each batch.
///
/// It lowers Σ (f − y)²/(2n) over λ₀, the largest eigenvalue of the tangent kernel over n at the
/// start: the optimiser's rate is ηλ₀. *Observables*: [CatapultLooks].
///
/// *Draws*: `task`, as in [ScalarExamples]. *Stored net*:
/// `two-layer-<model>-<activation>-<inputs>-<width>-float64`; a model's with the weights that it is
/// expanded about.
///
/// *Source*: Zhu, Liu, Radhakrishnan and Belkin, "Quadratic models for understanding neural network
/// dynamics", ICLR 2024, section 2.
///
/// @param width m, 1 to 100,000
/// @param examples n, 1 to 256; 1 for the task `one`
/// @param inputs d, 2 to 1000; 1 for the task `one`
public record TwoLayerExpansion(
        TaylorModel model,
        Activation activation,
        ScalarTask task,
        int width,
        int examples,
        int inputs)
        implements StreamObjective {
    public TwoLayerExpansion {
        Setting.within("width", width, 1, 100_000);
        boolean one = task == ScalarTask.ONE;
        Setting.within("examples", examples, 1, one ? 1 : 256);
        Setting.within("inputs", inputs, one ? 1 : 2, one ? 1 : 1000);
    }

    @Override
    public void refuse(int batchSize, int updates) {
        Setting.within("batchSize", batchSize, examples, StreamTraining.MOST_EXAMPLES);
    }

    TwoLayerNet function() {
        return new TwoLayerNet(activation, width, inputs);
    }

    @Override
    public List<Parameter> parameters() {
        return function().parameters();
    }

    @Override
    public StoredNet net() {
        String kind = "two-layer-" + Binder.kebab(model.name());
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("kind", kind).put("activation", Binder.kebab(activation.name()));
        settings.put("inputs", inputs).put("width", width);
        boolean net = model == TaylorModel.NET;
        Draws draws = new Draws(Key.of("two-layer"));
        return StoredNet.ofRows(
                        kind + "-" + Binder.kebab(activation.name()) + "-" + inputs + "-" + width,
                        settings,
                        net ? parameters() : function().withStart(),
                        new StoredNet.Rows(inputs, Normals.of(draws, 0, Probe.INPUTS * inputs, 1)),
                        (p, x) -> outputs(p.subList(0, 2), net ? List.of() : p.subList(2, 4), x))
                .in(Precision.FLOAT64);
    }

    /// Outputs (n, 1) of points (n, d).
    Node outputs(List<Node> theta, List<Node> start, Node x) {
        return model.of(p -> function().outputs(p, x), theta, start);
    }

    @Override
    public double[] tensors(double[] parameters, Run run) {
        return model == TaylorModel.NET
                ? parameters
                : TwoLayerNet.withStart(parameters, start(run));
    }

    ScalarExamples data(Run run) {
        return new ScalarExamples(task, examples, inputs, run.key("task"));
    }

    @Override
    public Node loss(List<Node> theta, int batchSize) {
        Graph graph = theta.getFirst().graph();
        List<Parameter> frozen = function().withStart().subList(2, 4);
        List<Node> start = frozen.stream().map(it -> graph.input(it.name(), it.shape())).toList();
        Node x = graph.input("x", Shape.of(examples, inputs));
        Node y = graph.input("y", Shape.of(examples, 1));
        Node residual = outputs(theta, start, x).minus(y);
        Node squares = residual.times(residual).sumAll();
        return squares.times(.5 / examples).over(graph.input("sharpness", Shape.SCALAR));
    }

    @Override
    public Examples examples(Run run, int batchSize) {
        return new ExpansionExamples(this, run);
    }

    @Override
    public List<Observable> observables() {
        return CatapultLooks.observables();
    }

    @Override
    public Optional<Looks> looks(Run run, StreamTraining training) {
        return Optional.of(new CatapultLooks(this, run, training.optimiser().learningRate()));
    }

    @Override
    public Footprint measuring(Precision precision, Run run) {
        return TangentKernel.footprint(model, function(), examples)
                .plus(GeneralisationError.footprint(this, data(run)));
    }

    @Override
    public double multiplyAdds(int batchSize) {
        double gates = activation == Activation.RELU ? 10 : 200;
        return (double) width * examples * (inputs + gates);
    }
}
