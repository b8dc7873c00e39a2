package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Study;

/// A net of finite width in the NTK parametrisation, trained by full-batch gradient descent on four
/// points of the unit circle towards x₁x₂, against its infinitely wide limit [NeuralTangent].
///
/// *Observables*, Θ̂ being the empirical kernel between the point (1, 0) and 16 equidistant ones:
/// `ntk.error.v1` ‖Θ̂ − Θ‖/‖Θ‖ at initialisation, `ntk.bias.v1` ΣΘ̂/ΣΘ − 1 there, `ntk.change.v1`
/// ‖Θ̂_T − Θ̂₀‖/‖Θ̂₀‖; `decay.first.v1` to `.third`: with p the residual's projection on the k-th
/// principal component of Θ on the four points, ln|p(t)/p(0)| over its limit t ln|1 − ηλ/N|, at the
/// first t where the limit is below −1, or the last step (undefined with one step);
/// `output.inside.v1`, the share of 8 equidistant points at which the trained output lies between
/// the 10th and the 90th percentile of its limit law, `output.square.v1` the mean square of its
/// standardised value; series by place on the circle: `ntk.start.v1`, `ntk.end.v1`, `ntk.limit.v1`.
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
        implements Study<NtkPerceptron> {
    private static final double[] TRAINING = {.3, 1.2, 2.9, 4.4};
    private static final int PLACES = 16;
    private static final double DECILE = 1.2815515655446004;

    public NtkCircle {
        if (activation != Activation.RELU && activation != Activation.ERF) {
            throw new IllegalArgumentException(
                    "activation " + activation + " has no closed kernel here; choose relu or erf");
        }
        if (layers < 2 || layers > 8) {
            throw new IllegalArgumentException("layers is " + layers + "; choose one from 2 to 8");
        }
        if (width < 4 || width > 4095) {
            throw new IllegalArgumentException("width is " + width + "; choose one from 4 to 4095");
        }
        if (!(bias >= 0 && bias < 1)) {
            throw new IllegalArgumentException(
                    "bias is " + bias + "; choose one from 0 to below 1");
        }
        if (!(rate > 0 && rate <= 4)) {
            throw new IllegalArgumentException(
                    "rate is " + rate + "; choose one above 0 and at most 4");
        }
        if (steps < 1 || steps > 10_000) {
            throw new IllegalArgumentException(
                    "steps is " + steps + "; choose one from 1 to 10000");
        }
    }

    private static double[] places(int n) {
        double[] angles = new double[n];
        for (int i = 0; i < n; i++) {
            angles[i] = 2 * StrictMath.PI * i / n;
        }
        return angles;
    }

    private static double[] targets() {
        double[] targets = new double[TRAINING.length];
        for (int s = 0; s < targets.length; s++) {
            targets[s] = StrictMath.cos(TRAINING[s]) * StrictMath.sin(TRAINING[s]);
        }
        return targets;
    }

    private NeuralTangent limit() {
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
    public NtkPerceptron start(Run run) {
        NtkPerceptron net = new NtkPerceptron(this, new double[PLACES + 6]);
        net.draw(new Draws(run.key("net")));
        System.arraycopy(net.kernel(places(PLACES)), 0, net.found, 0, PLACES);
        return net;
    }

    @Override
    public NtkPerceptron restore(Run run, Arrays saved) {
        NtkPerceptron net = new NtkPerceptron(this, new double[PLACES + 6]);
        net.load(saved);
        return net;
    }

    @Override
    public boolean advance(NtkPerceptron net, Run run, Recorder out) {
        int n = TRAINING.length;
        double[] lambda = limit().matrix(TRAINING, 1);
        double[] vectors = new double[n * n];
        SymmetricEigen.decompose(lambda, n, vectors);
        int[] order = descending(lambda, n);
        long cost = 12L * width * width * (layers - 1);
        int end = Math.min(steps, net.step + (int) Math.max(1, 100_000_000 / cost));
        for (; net.step < end; net.step++) {
            double[] residual = net.descend(TRAINING, targets(), rate);
            if (!(Math.abs(residual[0]) < 1e6)) {
                out.diverged("the residual is " + residual[0] + " at step " + net.step);
                return false;
            }
            for (int k = 0; k < 3; k++) {
                double shrink =
                        StrictMath.log(Math.abs(1 - rate * lambda[order[k] * n + order[k]] / n));
                int at = (int) Math.min(steps - 1, Math.ceil(-1 / shrink));
                double p = 0;
                for (int s = 0; s < n; s++) {
                    p += residual[s] * vectors[s * n + order[k]];
                }
                if (net.step == 0) {
                    net.found[PLACES + k] = p;
                }
                if (net.step == at) {
                    net.found[PLACES + 3 + k] =
                            StrictMath.log(Math.abs(p / net.found[PLACES + k])) / (at * shrink);
                }
            }
        }
        out.updates(net.step);
        if (net.step < steps) {
            return true;
        }
        report(net, out);
        return false;
    }

    private static int[] descending(double[] lambda, int n) {
        int[] order = new int[n];
        for (int k = 0; k < n; k++) {
            int rank = 0;
            for (int j = 0; j < n; j++) {
                double a = lambda[j * n + j];
                double b = lambda[k * n + k];
                rank += a > b || (a == b && j < k) ? 1 : 0;
            }
            order[rank] = k;
        }
        return order;
    }

    private void report(NtkPerceptron net, Recorder out) {
        double[] places = places(PLACES);
        double[] end = net.kernel(places);
        double error = 0;
        double limits = 0;
        double change = 0;
        double starts = 0;
        double sum = 0;
        double limitSum = 0;
        for (int i = 0; i < PLACES; i++) {
            double start = net.found[i];
            double limit = limit().onCircle(places[i])[1];
            error += (start - limit) * (start - limit);
            limits += limit * limit;
            change += (end[i] - start) * (end[i] - start);
            starts += start * start;
            sum += start;
            limitSum += limit;
            out.series("ntk.start.v1", i, start);
            out.series("ntk.end.v1", i, end[i]);
            out.series("ntk.limit.v1", i, limit);
        }
        out.scalar("ntk.error.v1", Math.sqrt(error / limits));
        out.scalar("ntk.bias.v1", sum / limitSum - 1);
        out.scalar("ntk.change.v1", Math.sqrt(change / starts));
        out.scalar("decay.first.v1", net.found[PLACES + 3]);
        out.scalar("decay.second.v1", net.found[PLACES + 4]);
        out.scalar("decay.third.v1", net.found[PLACES + 5]);
        double[] eight = places(8);
        double[] outputs = net.forward(eight);
        double inside = 0;
        double squares = 0;
        for (int i = 0; i < 8; i++) {
            double[] law = limit().trained(TRAINING, targets(), eight[i], rate, steps);
            double z = (outputs[i] - law[0]) / Math.sqrt(law[1]);
            inside += Math.abs(z) <= DECILE ? .125 : 0;
            squares += z * z / 8;
        }
        out.scalar("output.inside.v1", inside);
        out.scalar("output.square.v1", squares);
    }

    @Override
    public double multiplyAdds() {
        return 12.0 * width * width * (layers - 2) * steps + 100.0 * width * width * (layers - 1);
    }
}
