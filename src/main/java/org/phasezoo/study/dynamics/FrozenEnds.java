package org.phasezoo.study.dynamics;

import java.util.Arrays;
import java.util.stream.Stream;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// A teacher f*(x) = Z · tanh(W* tanh(M x)), whose M and Z a student has too.
///
/// M has entries N(0, 1/inputs), W* (`second` × `first`) N(0, 1/first), Z N(0, 1/second); inputs
/// are standard normal.
///
/// *Draws* of the key: M at 0 …, W* at 2³² …, Z at 2 · 2³² …, inputs in blocks of their own, all
/// row-major.
final class FrozenEnds {
    private final Draws draws;
    private final int inputs;
    private final int first;
    private final int second;
    private final double[] entry;
    private final double[] teacher;
    private final double[] readout;

    FrozenEnds(int inputs, int first, int second, Key key) {
        this.draws = new Draws(key);
        this.inputs = inputs;
        this.first = first;
        this.second = second;
        this.entry = Normals.of(draws, 0, first * inputs, 1 / Math.sqrt(inputs));
        this.teacher = Normals.of(draws, 1, second * first, 1 / Math.sqrt(first));
        this.readout = Normals.of(draws, 2, second, 1 / Math.sqrt(second));
    }

    double[] readout() {
        return readout;
    }

    double[] teacher() {
        return teacher;
    }

    /// M, then w, then Z.
    double[] tensors(double[] w) {
        return Stream.of(entry, w, readout).flatMapToDouble(Arrays::stream).toArray();
    }

    /// a = tanh(M x) of n inputs, `(n, first)`, which are drawn at block · 2³² on.
    double[] entered(long block, int n) {
        double[] x = Normals.of(draws, block, n * inputs, 1);
        double[] a = new double[n * first];
        for (int e = 0; e < n; e++) {
            for (int l = 0; l < first; l++) {
                double sum = 0;
                for (int i = 0; i < inputs; i++) {
                    sum += entry[l * inputs + i] * x[e * inputs + i];
                }
                a[e * first + l] = StrictMath.tanh(sum);
            }
        }
        return a;
    }

    /// s = tanh(w a), `(n, second)`.
    double[] hidden(double[] w, double[] a) {
        int n = a.length / first;
        double[] s = new double[n * second];
        for (int e = 0; e < n; e++) {
            for (int k = 0; k < second; k++) {
                double u = 0;
                for (int l = 0; l < first; l++) {
                    u += w[k * first + l] * a[e * first + l];
                }
                s[e * second + k] = StrictMath.tanh(u);
            }
        }
        return s;
    }

    /// f = Z · s, `(n)`.
    double[] outputs(double[] s) {
        double[] f = new double[s.length / second];
        for (int e = 0; e < f.length; e++) {
            for (int k = 0; k < second; k++) {
                f[e] += readout[k] * s[e * second + k];
            }
        }
        return f;
    }

    /// The teacher's outputs, `(n)`.
    double[] taught(double[] a) {
        return outputs(hidden(teacher, a));
    }

    SingularValues singularValues(double[] w) {
        return SingularValues.of(w, second, first);
    }
}
