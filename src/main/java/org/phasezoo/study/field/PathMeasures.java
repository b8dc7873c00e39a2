package org.phasezoo.study.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.train.Tensors;

/// A learned path beside the true one, on 2,001 equal times of the span.
///
/// `error.path.v1`: the largest |q − true q|, in radians, the true one by the classical Runge–Kutta
/// method with 20 steps between times; `residual.v1`: root mean square of d²q/dt² + sin q;
/// `energy.drift.v1`: the largest |E(t) − E(0)| over 1 − cos q₀, E = ½ (dq/dt)² + 1 − cos q;
/// `action.slope.v1`: with S = ∫ ½ (dq/dt)² + cos q dt (Simpson's rule) and η = sin(π t/T), the
/// slope of ln |S[q + ε η] − S[q]| between ε = .02 and .2: 2 where the action is stationary, 1
/// elsewhere.
final class PathMeasures {
    private static final int INTERVALS = 2000;
    private static final int FINE = 20;

    private final ResidualPath study;
    private final double[] q = new double[INTERVALS + 1];
    private final double[] velocity = new double[INTERVALS + 1];
    private final double[] acceleration = new double[INTERVALS + 1];

    PathMeasures(ResidualPath study, double[] theta, Precision precision) {
        this.study = study;
        Workspace work = program(study).workspace(precision);
        work.count(PathNet.ROWS, INTERVALS + 1);
        new Tensors("", PathNet.parameters(study.width())).set(work, theta);
        double[] t = new double[INTERVALS + 1];
        for (int i = 0; i <= INTERVALS; i++) {
            t[i] = time(i);
        }
        work.set("t", t);
        work.run();
        work.get("q", q, 0);
        work.get("velocity", velocity, 0);
        work.get("acceleration", acceleration, 0);
    }

    static List<Observable> observables() {
        return List.of(
                new Observable("error.path.v1", false, "1"),
                new Observable("residual.v1", false, "1"),
                new Observable("energy.drift.v1", false, "1"),
                new Observable("action.slope.v1", false, "1"));
    }

    /// The program of the path and its derivatives at all times.
    static Program program(ResidualPath study) {
        Tensors tensors = new Tensors("", PathNet.parameters(study.width()));
        List<Node> p = tensors.inputs(new Graph());
        PathNet.Path path =
                PathNet.path(p, study.activation(), INTERVALS + 1, study.angle(), study.span());
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("q", path.q());
        outputs.put("velocity", path.velocity());
        outputs.put("acceleration", path.acceleration());
        return Program.of(outputs);
    }

    private double time(int i) {
        return study.span() * i / INTERVALS;
    }

    /// The true angle at all times.
    static double[] pendulum(double angle, double span) {
        double h = span / INTERVALS / FINE;
        double[] path = new double[INTERVALS + 1];
        double x = angle;
        double v = 0;
        path[0] = x;
        for (int i = 1; i <= INTERVALS; i++) {
            for (int step = 0; step < FINE; step++) {
                double a = -StrictMath.sin(x);
                double v2 = v + h / 2 * a;
                double a2 = -StrictMath.sin(x + h / 2 * v);
                double v3 = v + h / 2 * a2;
                double a3 = -StrictMath.sin(x + h / 2 * v2);
                double v4 = v + h * a3;
                double a4 = -StrictMath.sin(x + h * v3);
                x += h / 6 * (v + 2 * v2 + 2 * v3 + v4);
                v += h / 6 * (a + 2 * a2 + 2 * a3 + a4);
            }
            path[i] = x;
        }
        return path;
    }

    private double action(double epsilon) {
        double sum = 0;
        for (int i = 0; i <= INTERVALS; i++) {
            double phase = StrictMath.PI * i / INTERVALS;
            double rate =
                    velocity[i] + epsilon * StrictMath.PI / study.span() * StrictMath.cos(phase);
            double at = q[i] + epsilon * StrictMath.sin(phase);
            double weight = i == 0 || i == INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * (.5 * rate * rate + StrictMath.cos(at));
        }
        return sum * study.span() / INTERVALS / 3;
    }

    void record(Recorder out) {
        double[] truth = pendulum(study.angle(), study.span());
        double error = 0;
        double residual = 0;
        double drift = 0;
        double start = 1 - StrictMath.cos(study.angle());
        for (int i = 0; i <= INTERVALS; i++) {
            error = Math.max(error, Math.abs(q[i] - truth[i]));
            double r = acceleration[i] + StrictMath.sin(q[i]);
            residual += r * r / (INTERVALS + 1);
            double energy = .5 * velocity[i] * velocity[i] + 1 - StrictMath.cos(q[i]);
            drift = Math.max(drift, Math.abs(energy - start) / start);
        }
        double here = action(0);
        double near = Math.abs(action(.02) - here);
        double far = Math.abs(action(.2) - here);
        out.scalar("error.path.v1", error);
        out.scalar("residual.v1", Math.sqrt(residual));
        out.scalar("energy.drift.v1", drift);
        out.scalar("action.slope.v1", StrictMath.log(far / near) / StrictMath.log(10));
    }
}
