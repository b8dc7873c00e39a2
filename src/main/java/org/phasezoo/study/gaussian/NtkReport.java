package org.phasezoo.study.gaussian;

import org.phasezoo.study.Recorder;

/// The observables of [NtkCircle], from a net at the end of its training.
final class NtkReport {
    /// The 90th percentile of the standard normal law.
    private static final double DECILE = 1.2815515655446004;

    private final NtkCircle study;
    private final NtkPerceptron net;
    private final NeuralTangent limit;

    NtkReport(NtkCircle study, NtkPerceptron net) {
        this.study = study;
        this.net = net;
        this.limit = study.limit();
    }

    /// @param start the kernel before training, on equidistant places
    /// @param decays as in [KernelDecay]
    void write(double[] start, double[] decays, Recorder out) {
        kernel(start, out);
        for (int k = 0; k < decays.length; k++) {
            out.scalar("decay." + NtkCircle.COMPONENTS.get(k) + ".v1", decays[k]);
        }
        outputs(out);
    }

    private void kernel(double[] start, Recorder out) {
        double[] places = NeuralTangent.equidistant(start.length);
        double[] end = net.kernel(places);
        double[] limits = new double[start.length];
        double sum = 0;
        double limitSum = 0;
        for (int i = 0; i < start.length; i++) {
            limits[i] = limit.onCircle(places[i])[1];
            sum += start[i];
            limitSum += limits[i];
            out.series("ntk.start.v1", i, start[i]);
            out.series("ntk.end.v1", i, end[i]);
            out.series("ntk.limit.v1", i, limits[i]);
        }
        out.scalar("ntk.error.v1", distance(start, limits));
        out.scalar("ntk.bias.v1", sum / limitSum - 1);
        out.scalar("ntk.change.v1", distance(end, start));
    }

    /// ‖a − b‖/‖b‖.
    private static double distance(double[] a, double[] b) {
        double away = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            away += (a[i] - b[i]) * (a[i] - b[i]);
            length += b[i] * b[i];
        }
        return Math.sqrt(away / length);
    }

    private void outputs(Recorder out) {
        double[] eight = NeuralTangent.equidistant(8);
        double[] outputs = net.forward(eight);
        double inside = 0;
        double squares = 0;
        for (int i = 0; i < 8; i++) {
            double[] law =
                    limit.trained(
                            NtkCircle.TRAINING,
                            NtkCircle.targets(),
                            eight[i],
                            study.rate(),
                            study.steps());
            double z = (outputs[i] - law[0]) / Math.sqrt(law[1]);
            inside += Math.abs(z) <= DECILE ? .125 : 0;
            squares += z * z / 8;
        }
        out.scalar("output.inside.v1", inside);
        out.scalar("output.square.v1", squares);
    }
}
