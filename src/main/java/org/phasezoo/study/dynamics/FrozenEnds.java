package org.phasezoo.study.dynamics;

import java.util.Arrays;
import java.util.stream.Stream;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// A teacher f*(x) = Z · tanh(W* tanh(M x)) and its student, who has its M and Z and learns W.
///
/// M has entries N(0, 1/inputs), W* (`second` × `first`) N(0, 1/first), Z N(0, 1/second); inputs
/// are standard normal. Since M is frozen, an example is a = tanh(M x), computed once.
///
/// *Draws* of the key: M at 0 …, W* at 2³² …, Z at 2 · 2³² …, inputs of training at 3 · 2³² … and
/// of the test at 4 · 2³² …, all row-major.
public final class FrozenEnds {
    static final int TESTS = 1000;

    private final int first;
    private final int second;
    private final double[] entry;
    private final double[] readout;
    private final double[] teacher;
    private final double[] trainInputs;
    private final double[] trainTargets;
    private final double[] testInputs;
    private final double[] testTargets;
    private final double[] hidden;

    FrozenEnds(int inputs, int first, int second, int examples, Key key) {
        this.first = first;
        this.second = second;
        Draws draws = new Draws(key);
        this.entry = Normals.of(draws, 0, first * inputs, 1 / Math.sqrt(inputs));
        this.teacher = Normals.of(draws, 1, second * first, 1 / Math.sqrt(first));
        this.readout = Normals.of(draws, 2, second, 1 / Math.sqrt(second));
        this.hidden = new double[second];
        this.trainInputs = entered(Normals.of(draws, 3, examples * inputs, 1));
        this.testInputs = entered(Normals.of(draws, 4, TESTS * inputs, 1));
        this.trainTargets = taught(trainInputs);
        this.testTargets = taught(testInputs);
    }

    private double[] entered(double[] x) {
        int inputs = entry.length / first;
        int n = x.length / inputs;
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

    private double[] taught(double[] a) {
        double[] y = new double[a.length / first];
        for (int e = 0; e < y.length; e++) {
            y[e] = output(teacher, a, e);
        }
        return y;
    }

    /// The output on example e; `hidden` then holds s = tanh(W a).
    private double output(double[] w, double[] a, int e) {
        double f = 0;
        for (int k = 0; k < second; k++) {
            double u = 0;
            for (int l = 0; l < first; l++) {
                u += w[k * first + l] * a[e * first + l];
            }
            hidden[k] = StrictMath.tanh(u);
            f += readout[k] * hidden[k];
        }
        return f;
    }

    /// One step W ← W − rate · Σ ∇(f − y)²/2 over examples from … from + n − 1; their mean loss (f
    /// − y)²/2 before it.
    double descend(double[] w, int from, int n, double rate) {
        double[] change = new double[w.length];
        double loss = 0;
        for (int e = from; e < from + n; e++) {
            double residual = output(w, trainInputs, e) - trainTargets[e];
            loss += residual * residual / (2 * n);
            for (int k = 0; k < second; k++) {
                double g = residual * readout[k] * (1 - hidden[k] * hidden[k]);
                for (int l = 0; l < first; l++) {
                    change[k * first + l] += g * trainInputs[e * first + l];
                }
            }
        }
        for (int i = 0; i < w.length; i++) {
            w[i] -= rate * change[i];
        }
        return loss;
    }

    /// On the test's inputs.
    ///
    /// @param loss ⟨(f − y)²⟩
    /// @param relative ⟨(f − y)²⟩/Var(y)
    /// @param memory ⟨s₀ · s⟩/second, s₀ the hidden state at the start
    /// @param recovery ⟨s* · s⟩/second, s* the teacher's hidden state
    record Look(double loss, double relative, double memory, double recovery) {}

    Look look(double[] w, double[] start) {
        double squares = 0;
        double memory = 0;
        double recovery = 0;
        double mean = 0;
        double power = 0;
        for (int e = 0; e < TESTS; e++) {
            output(start, testInputs, e);
            double[] before = hidden.clone();
            output(teacher, testInputs, e);
            double[] taught = hidden.clone();
            double residual = output(w, testInputs, e) - testTargets[e];
            squares += residual * residual;
            mean += testTargets[e] / TESTS;
            power += testTargets[e] * testTargets[e] / TESTS;
            for (int k = 0; k < second; k++) {
                memory += before[k] * hidden[k];
                recovery += taught[k] * hidden[k];
            }
        }
        double all = (double) TESTS * second;
        return new Look(
                squares / TESTS,
                squares / TESTS / (power - mean * mean),
                memory / all,
                recovery / all);
    }

    double[] drawn(Key key, double disorder) {
        return Normals.of(new Draws(key), 0, second * first, disorder / Math.sqrt(first));
    }

    /// M, then w, then Z.
    double[] tensors(double[] w) {
        return Stream.of(entry, w, readout).flatMapToDouble(Arrays::stream).toArray();
    }

    SingularValues singularValues(double[] w) {
        return SingularValues.of(w, second, first);
    }
}
