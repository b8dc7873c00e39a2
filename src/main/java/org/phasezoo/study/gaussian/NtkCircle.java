package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Prepared;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;

/// A net of finite width in the NTK parametrisation, trained by full-batch gradient descent on four
/// points of the unit circle towards x₁x₂, against its infinitely wide limit [NeuralTangent].
///
/// *Observables*, Θ̂ being the empirical kernel between the point (1, 0) and 16 equidistant ones:
/// `ntk.error.v1` ‖Θ̂ − Θ‖/‖Θ‖ at initialisation, `ntk.bias.v1` ΣΘ̂/ΣΘ − 1 there, `ntk.change.v1`
/// ‖Θ̂_T − Θ̂₀‖/‖Θ̂₀‖; `decay.first.v1` to `.third`: [KernelDecay] of the k-th principal component
/// (undefined with one step); `output.inside.v1`, the share of 8 equidistant points at which the
/// trained output lies between the 10th and the 90th percentile of its limit law,
/// `output.square.v1` the mean square of its standardised value; series by place on the circle:
/// `ntk.start.v1`, `ntk.end.v1`, `ntk.limit.v1`.
///
/// *Draws*: `net`, see [NtkPerceptron].
///
/// *Source*: Jacot, Gabriel, Hongler, Neural tangent kernel: convergence and generalization in
/// neural networks, 2018, section 6.
///
/// @param activation relu or erf
/// @param layers L, weight layers, 2 to 8
/// @param width n, 4 to 4095
/// @param bias β, 0 to 1 (excluded)
/// @param rate η, above 0 and at most 4
/// @param steps T, 1 to 10,000
public record NtkCircle(
        Activation activation, int layers, int width, double bias, double rate, int steps)
        implements Activated<Prepared<NtkPerceptron>> {
    static final double[] TRAINING = {.3, 1.2, 2.9, 4.4};
    static final List<String> COMPONENTS = List.of("first", "second", "third");
    private static final int PLACES = 16;

    public NtkCircle {
        NeuralTangent.refuse(activation, bias);
        Setting.within("layers", layers, 2, 8);
        Setting.within("width", width, 4, 4095);
        Setting.above("rate", rate, 0, 4);
        Setting.within("steps", steps, 1, 10_000);
    }

    static double[] targets() {
        double[] targets = new double[TRAINING.length];
        for (int s = 0; s < targets.length; s++) {
            targets[s] = StrictMath.cos(TRAINING[s]) * StrictMath.sin(TRAINING[s]);
        }
        return targets;
    }

    NeuralTangent limit() {
        return new NeuralTangent(activation, layers, bias);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("ntk.error.v1", false, "1"),
                new Observable("ntk.bias.v1", false, "1"),
                new Observable("ntk.change.v1", false, "1"),
                new Observable("decay.first.v1", false, "1"),
                new Observable("decay.second.v1", false, "1"),
                new Observable("decay.third.v1", false, "1"),
                new Observable("output.inside.v1", false, "1"),
                new Observable("output.square.v1", false, "1"),
                new Observable("ntk.start.v1", true, "1"),
                new Observable("ntk.end.v1", true, "1"),
                new Observable("ntk.limit.v1", true, "1"));
    }

    @Override
    public Prepared<NtkPerceptron> start(Run run) {
        Saved carried = NtkPerceptron.undrawn(this);
        NtkPerceptron net = new NtkPerceptron(this, carried);
        net.draw(new Draws(run.key("net")));
        carried.with("kernel", net.kernel(NeuralTangent.equidistant(PLACES)));
        carried.with("projections", new double[COMPONENTS.size()]);
        carried.with("decays", new double[COMPONENTS.size()]);
        return new Prepared<>(net, carried);
    }

    @Override
    public Prepared<NtkPerceptron> restore(Run run, Arrays saved) {
        Saved carried = Saved.restore(saved);
        return new Prepared<>(new NtkPerceptron(this, carried), carried);
    }

    @Override
    public boolean advance(Prepared<NtkPerceptron> state, Run run, Recorder out) {
        NtkPerceptron net = state.given();
        Saved at = state.carried();
        KernelDecay decay = new KernelDecay(limit(), TRAINING, rate, steps);
        long cost = 12L * width * width * (layers - 1);
        long end = Math.min(steps, at.step() + Math.max(1, 100_000_000 / cost));
        while (at.step() < end) {
            double[] residual = net.descend(TRAINING, targets(), rate);
            if (!(Math.abs(residual[0]) < 1e6)) {
                out.diverged("the residual is " + residual[0] + " at step " + at.step());
                return false;
            }
            decay.note(residual, at.step(), at.row("projections"), at.row("decays"));
            at.stepped();
        }
        out.updates(at.step());
        if (at.step() < steps) {
            return true;
        }
        new NtkReport(this, net).write(at.row("kernel"), at.row("decays"), out);
        return false;
    }

    @Override
    public double multiplyAdds() {
        return 12.0 * width * width * (layers - 2) * steps + 100.0 * width * width * (layers - 1);
    }
}
