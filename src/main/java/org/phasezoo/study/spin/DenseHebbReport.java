package org.phasezoo.study.spin;

import org.phasezoo.study.Recorder;

/// What a member of [DenseHebb] records: means over its starts, with their standard errors.
final class DenseHebbReport {
    private DenseHebbReport() {}

    static void write(DenseHebbState state, int spins, Recorder out) {
        int starts = state.settled().length;
        int sweeps = state.trace().length - 1;
        scalar(out, "mattis.archetype.v1", state.settled());
        scalar(out, "mattis.example.v1", state.settledExample());
        scalar(out, "mattis.one-step.v1", state.oneStep());
        scalar(out, "energy.v1", state.energy());
        double se = standardError(state.settled());
        out.scalar("susceptibility.v1", starts < 2 ? Double.NaN : spins * se * se * starts);
        for (int sweep = 0; sweep <= sweeps; sweep++) {
            out.series("mattis.archetype.sweep.v1", sweep, state.trace()[sweep] / starts);
        }
    }

    private static void scalar(Recorder out, String definition, double[] values) {
        out.scalar(definition, mean(values), standardError(values), values.length);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return values.length < 2
                ? Double.NaN
                : Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
