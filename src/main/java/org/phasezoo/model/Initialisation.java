package org.phasezoo.model;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// How weights are drawn; tensors without fan-in begin at their initial value, biases at 0. The
/// draw of an element stands at its index in the row of all parameters.
public sealed interface Initialisation {
    /// One weight with this fan-in.
    double weight(Draws draws, long index, int fanIn);

    /// U(−b, b) with b = gain · √(3 / fan-in).
    ///
    /// *Source*: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, equation 10 (gain
    /// √2).
    ///
    /// @param gain √2 for rectifiers
    record FanInUniform(double gain) implements Initialisation {
        public FanInUniform {
            positive(gain);
        }

        @Override
        public double weight(Draws draws, long index, int fanIn) {
            return gain * Math.sqrt(3.0 / fanIn) * (2 * draws.uniform(index) - 1);
        }
    }

    /// N(0, gain² / fan-in).
    record FanInNormal(double gain) implements Initialisation {
        public FanInNormal {
            positive(gain);
        }

        @Override
        public double weight(Draws draws, long index, int fanIn) {
            return gain * Math.sqrt(1.0 / fanIn) * draws.normal(index);
        }
    }

    private static void positive(double gain) {
        if (!(gain > 0)) {
            throw new IllegalArgumentException("gain " + gain + " must be above 0");
        }
    }

    /// All parameters, one after the other, in double precision.
    default double[] draw(List<Parameter> parameters, Key key) {
        int n = 0;
        for (Parameter parameter : parameters) {
            n += parameter.shape().elements();
        }
        double[] weights = new double[n];
        int at = 0;
        Draws draws = new Draws(key);
        for (Parameter parameter : parameters) {
            int size = parameter.shape().elements();
            for (int i = at; i < at + size; i++) {
                weights[i] =
                        parameter.fanIn() > 0
                                ? parameter.deviation() * weight(draws, i, parameter.fanIn())
                                : parameter.initial();
            }
            at += size;
        }
        return weights;
    }
}
