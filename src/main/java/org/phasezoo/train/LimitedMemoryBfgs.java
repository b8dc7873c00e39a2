package org.phasezoo.train;

import java.util.ArrayList;
import java.util.List;

/// The limited-memory BFGS method with a line search for the strong Wolfe conditions, in double
/// precision: a host loop around a function and its gradient.
///
/// *Source*: Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 7.4, 7.5, 3.5 and
/// 3.6. The bracket is halved, but for one case: a trial that is too high gives way to the vertex
/// of a parabola, where that lies in the middle of the bracket.
public final class LimitedMemoryBfgs {
    /// Number of its numeric definition, as [org.phasezoo.graph.Op#revision]; 2 since a bracket is
    /// narrowed on the side where the minimum is.
    public static final int REVISION = 2;

    private static final double SUFFICIENT = 1e-4;
    private static final double CURVATURE = .9;
    private static final int MOST_TRIALS = 25;

    /// A function of many variables.
    public interface Function {
        /// f at x; its gradient is written to `gradient`.
        double of(double[] x, double[] gradient);
    }

    /// Where it ended: `searched` is false if a line search found no acceptable point and ended the
    /// loop.
    public record Result(double[] x, double value, int iterations, boolean searched) {}

    private record Pair(double[] s, double[] y, double rho) {}

    private final Function function;
    private final int memory;
    private double[] x;
    private double[] gradient;
    private double value;

    private LimitedMemoryBfgs(Function function, double[] start, int memory) {
        this.function = function;
        this.memory = memory;
        this.x = start.clone();
        this.gradient = new double[start.length];
        this.value = function.of(x, gradient);
    }

    /// At most `iterations` from `start`, with the last `memory` pairs; ends early where the
    /// largest component of the gradient is at most `tolerance`.
    public static Result minimise(
            Function function, double[] start, int iterations, int memory, double tolerance) {
        return new LimitedMemoryBfgs(function, start, memory).run(iterations, tolerance);
    }

    private Result run(int iterations, double tolerance) {
        List<Pair> pairs = new ArrayList<>();
        int done = 0;
        while (done < iterations && largest(gradient) > tolerance) {
            double[] direction = direction(pairs);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                return new Result(x, value, done, false);
            }
            double first = done == 0 ? Math.min(1, 1 / norm(gradient)) : 1;
            double[] before = x;
            double[] gradientBefore = gradient;
            if (!search(direction, slope, first)) {
                return new Result(x, value, done, false);
            }
            done++;
            double[] s = minus(x, before);
            double[] y = minus(gradient, gradientBefore);
            double curvature = dot(s, y);
            if (curvature > 0) {
                pairs.add(new Pair(s, y, 1 / curvature));
                if (pairs.size() > memory) {
                    pairs.removeFirst();
                }
            }
        }
        return new Result(x, value, done, true);
    }

    /// −H · gradient by the two-loop recursion.
    private double[] direction(List<Pair> pairs) {
        double[] q = gradient.clone();
        double[] alpha = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair p = pairs.get(i);
            alpha[i] = p.rho() * dot(p.s(), q);
            add(q, -alpha[i], p.y());
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getLast();
            double scale = dot(last.s(), last.y()) / dot(last.y(), last.y());
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (int i = 0; i < pairs.size(); i++) {
            Pair p = pairs.get(i);
            add(q, alpha[i] - p.rho() * dot(p.y(), q), p.s());
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    /// Moves to a point along `direction` that meets both conditions; stays where none was found.
    private boolean search(double[] direction, double slope, double first) {
        double[] origin = x;
        double atZero = value;
        double low = 0;
        double lowValue = atZero;
        double lowSlope = slope;
        double high = Double.POSITIVE_INFINITY;
        double step = first;
        double[] trialGradient = new double[origin.length];
        for (int trial = 0; trial < MOST_TRIALS; trial++) {
            double[] point = origin.clone();
            add(point, step, direction);
            double f = function.of(point, trialGradient);
            double g = dot(trialGradient, direction);
            boolean tooHigh =
                    !(f <= atZero + SUFFICIENT * step * slope) || f >= lowValue && trial > 0;
            if (!tooHigh && Math.abs(g) <= -CURVATURE * slope) {
                x = point;
                value = f;
                gradient = trialGradient;
                return true;
            }
            if (tooHigh) {
                high = step;
                double width = high - low;
                double vertex = -lowSlope * width * width / (2 * (f - lowValue - lowSlope * width));
                boolean inside = vertex / width > .1 && vertex / width < .9;
                step = low + (inside ? vertex : width / 2);
                continue;
            }
            if (g * (high - low) >= 0) {
                high = low;
            }
            low = step;
            lowValue = f;
            lowSlope = g;
            step = high == Double.POSITIVE_INFINITY ? 2 * step : (low + high) / 2;
        }
        return false;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    private static double largest(double[] a) {
        double most = 0;
        for (double v : a) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    private static void add(double[] to, double factor, double[] x) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * x[i];
        }
    }

    private static double[] minus(double[] a, double[] b) {
        double[] y = a.clone();
        add(y, -1, b);
        return y;
    }
}
