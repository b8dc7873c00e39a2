package org.phasezoo.model;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// Uniform initialisation with fan-in scaling: weights from U(−b, b) with b = gain · √(3 / fan-in), biases 0.
///
/// *Source*: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, equation 10 (gain √2).
///
/// @param gain √2 for rectifiers
public record Initialisation(double gain) {
    public Initialisation {
        if (!(gain > 0)) {
            throw new IllegalArgumentException("gain " + gain + " must be above 0");
        }
    }

    /// All parameters, one after the other; the draw of an element stands at its index in that row.
    public float[] draw(List<Parameter> parameters, Key key) {
        int n = 0;
        for (Parameter parameter : parameters) {
            n += parameter.shape().elements();
        }
        float[] weights = new float[n];
        int at = 0;
        Draws draws = new Draws(key);
        for (Parameter parameter : parameters) {
            int size = parameter.shape().elements();
            if (parameter.fanIn() > 0) {
                double bound = gain * Math.sqrt(3.0 / parameter.fanIn());
                for (int i = 0; i < size; i++) {
                    weights[at + i] = (float) (bound * (2 * draws.uniform(at + i) - 1));
                }
            }
            at += size;
        }
        return weights;
    }
}
