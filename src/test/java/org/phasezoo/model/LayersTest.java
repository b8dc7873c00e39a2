package org.phasezoo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.engine.Workspace;
import org.phasezoo.graph.Derivatives;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// The norm by root mean squares on 19 images of 17 channels and 2 × 3 pixels.
class LayersTest {
    private static final int N = 19;
    private static final int CHANNELS = 17;
    private static final int PIXELS = 6;

    private final Graph graph = new Graph();
    private final Node x = graph.input("x", Shape.bounded("n", N, CHANNELS, 2, 3));
    private final Node scale = graph.input("scale", Shape.of(CHANNELS));
    private final Node y = Layers.rmsNorm(x, scale);
    private final double[] values = drawn("x", N * CHANNELS * PIXELS);
    private final double[] scales = drawn("scale", CHANNELS);

    private static double[] drawn(String key, int size) {
        Draws draws = new Draws(Key.of(key));
        double[] drawn = new double[size];
        for (int i = 0; i < size; i++) {
            drawn[i] = (float) draws.normal(i);
        }
        return drawn;
    }

    private double[] run(Node output, Precision precision) {
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("y", output);
        Workspace work = Program.of(outputs).workspace(precision);
        work.count("n", N);
        work.set("x", values);
        work.set("scale", scales);
        work.run();
        double[] found = new double[output.shape().elements()];
        work.get("y", found, 0);
        return found;
    }

    /// The definition in float32: sums in 16 lanes by channel, folded by halves.
    private float defined(int image, int channel, int pixel) {
        float[] lanes = new float[16];
        for (int c = 0; c < CHANNELS; c++) {
            float v = (float) values[(image * CHANNELS + c) * PIXELS + pixel];
            lanes[c % 16] += v * v;
        }
        for (int half = 8; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        float root = (float) Math.sqrt(lanes[0] * (float) (1.0 / CHANNELS) + 1e-5f);
        return (float) values[(image * CHANNELS + channel) * PIXELS + pixel]
                / root
                * (float) scales[channel];
    }

    @Test
    void it_has_the_bits_of_its_definition() {
        double[] found = run(y, Precision.FLOAT32);
        for (int i = 0; i < found.length; i++) {
            int image = i / (CHANNELS * PIXELS);
            assertThat(found[i]).isEqualTo(defined(image, i / PIXELS % CHANNELS, i % PIXELS));
        }
    }

    @Test
    void its_derivatives_are_central_differences() {
        Node loss = y.times(y).times(y).sumAll();
        List<Node> gradients = Derivatives.gradient(loss, List.of(x, scale));
        for (double[] of : List.of(values, scales)) {
            double[] gradient = run(gradients.get(of == values ? 0 : 1), Precision.FLOAT64);
            for (int i = 0; i < of.length; i += 5) {
                double kept = of[i];
                double step = 1e-5;
                of[i] = kept + step;
                double up = run(loss, Precision.FLOAT64)[0];
                of[i] = kept - step;
                double down = run(loss, Precision.FLOAT64)[0];
                of[i] = kept;
                assertThat(gradient[i])
                        .isCloseTo((up - down) / (2 * step), within(1e-5 * (1 + Math.abs(up))));
            }
        }
    }
}
