package org.phasezoo.study.field;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;

/// What a trained mean flow generates, beside data and beside the exact flow.
final class FlowMeasures {
    private static final int POINTS = TrainedFlow.POINTS;
    private static final int EXACT = 256;
    private static final int EXACT_STEPS = 200;

    private final TrainedFlow flow;
    private final Draws draws;

    FlowMeasures(TrainedFlow flow, Draws draws) {
        this.flow = flow;
        this.draws = draws;
    }

    static List<Observable> observables() {
        return List.of(
                new Observable("sw2.steps1.v1", false, "1"),
                new Observable("sw2.steps2.v1", false, "1"),
                new Observable("sw2.steps32.v1", false, "1"),
                new Observable("sw2.floor.v1", false, "1"),
                new Observable("sw2.second.gain.v1", false, "1"),
                new Observable("error.average.v1", false, "1"),
                new Observable("error.velocity.v1", false, "1"));
    }

    void record(Recorder out) {
        double[] noise = new double[2 * POINTS];
        double[] data = new double[2 * POINTS];
        double[] more = new double[2 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            noise[2 * i] = draws.normal(2L * i);
            noise[2 * i + 1] = draws.normal(2L * i + 1);
            Ring.point(draws, 2L * POINTS + i, data, 2 * i);
            Ring.point(draws, 4L * POINTS + i, more, 2 * i);
        }
        double one = SlicedDistance.between(flow.generated(noise, 1), data);
        double two = SlicedDistance.between(flow.generated(noise, 2), data);
        out.scalar("sw2.steps1.v1", one);
        out.scalar("sw2.steps2.v1", two);
        out.scalar("sw2.steps32.v1", SlicedDistance.between(flow.generated(noise, 32), data));
        out.scalar("sw2.floor.v1", SlicedDistance.between(more, data));
        out.scalar("sw2.second.gain.v1", two - one);
        double[] first = java.util.Arrays.copyOf(noise, 2 * EXACT);
        double[] moved = flow.generated(first, 1);
        double error = 0;
        double size = 0;
        for (int i = 0; i < EXACT; i++) {
            double[] exact = Ring.carried(first[2 * i], first[2 * i + 1], EXACT_STEPS);
            for (int axis = 0; axis < 2; axis++) {
                double shift = exact[axis] - first[2 * i + axis];
                double d = moved[2 * i + axis] - exact[axis];
                error += d * d;
                size += shift * shift;
            }
        }
        out.scalar("error.average.v1", Math.sqrt(error / size));
        out.scalar("error.velocity.v1", velocityError(noise, data));
    }

    private double velocityError(double[] noise, double[] data) {
        double[] z = new double[2 * EXACT];
        double[] t = new double[EXACT];
        for (int i = 0; i < EXACT; i++) {
            t[i] = .05 + .95 * draws.uniform(10L * 2 * POINTS + i);
            for (int axis = 2 * i; axis < 2 * i + 2; axis++) {
                z[axis] = (1 - t[i]) * data[axis] + t[i] * noise[axis];
            }
        }
        double[] u = flow.velocity(z, t, t);
        double error = 0;
        double size = 0;
        for (int i = 0; i < EXACT; i++) {
            double[] v = Ring.velocity(z[2 * i], z[2 * i + 1], t[i]);
            for (int axis = 0; axis < 2; axis++) {
                double d = u[2 * i + axis] - v[axis];
                error += d * d;
                size += v[axis] * v[axis];
            }
        }
        return Math.sqrt(error / size);
    }
}
