package org.phasezoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.phasezoo.data.Digits;
import org.phasezoo.model.Architecture;
import org.phasezoo.model.Initialisation;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// The tangent of the gradient of every kind of architecture.
class ArchitectureHessianTest {
    @ParameterizedTest
    @MethodSource("org.phasezoo.model.ArchitectureSizesTest#all")
    void the_hessian_is_symmetric(Architecture net) {
        Problem problem =
                new Problem(
                        net,
                        new Digits(64, 64, .305, .376).split(new Key(0)),
                        new Objective.CrossEntropy());
        double[] weights =
                new Initialisation.FanInUniform(1).draw(problem.tensors(), Key.of("weights"));
        Hessian hessian = new Hessian(problem, weights);
        double[] u = direction(hessian.size(), "u");
        double[] v = direction(hessian.size(), "v");
        double uv = product(u, times(hessian, v));
        assertThat(uv).isNotZero();
        assertThat(product(v, times(hessian, u))).isCloseTo(uv, within(1e-9 * Math.abs(uv)));
    }

    private static double[] direction(int size, String name) {
        Draws draws = new Draws(Key.of(name));
        return IntStream.range(0, size).mapToDouble(draws::normal).toArray();
    }

    private static double[] times(Hessian hessian, double[] v) {
        double[] into = new double[v.length];
        hessian.multiplyInto(v, IntStream.range(0, 64).toArray(), 0, 64, 64, into);
        return into;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
