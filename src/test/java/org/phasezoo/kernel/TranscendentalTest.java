package org.phasezoo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TranscendentalTest {
    private interface Kernel {
        void run(float[] m, int a, int y, int n);
    }

    private interface Scalar {
        float of(float x);
    }

    private record Function(String name, Kernel kernel, Scalar scalar, DoubleUnaryOperator exact) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of(
                        new Function(
                                "exp",
                                FloatTranscendental::exp,
                                ScalarTranscendental::exp,
                                StrictMath::exp)),
                Arguments.of(
                        new Function(
                                "log",
                                FloatTranscendental::log,
                                ScalarTranscendental::log,
                                StrictMath::log)),
                Arguments.of(
                        new Function(
                                "tanh",
                                FloatTranscendental::tanh,
                                ScalarTranscendental::tanh,
                                StrictMath::tanh)),
                Arguments.of(
                        new Function(
                                "erf",
                                FloatTranscendental::erf,
                                ScalarTranscendental::erf,
                                ErrorFunction::erf)),
                Arguments.of(
                        new Function(
                                "sin",
                                FloatTranscendental::sin,
                                ScalarTranscendental::sin,
                                StrictMath::sin)),
                Arguments.of(
                        new Function(
                                "cos",
                                FloatTranscendental::cos,
                                ScalarTranscendental::cos,
                                StrictMath::cos)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void
            it_equals_its_scalar_definition_and_is_within_2_units_in_the_last_place_of_the_exact_value_over_all_magnitudes(
                    Function f) {
        int n = 1 << 16;
        float[] m = new float[2 * n];
        double worst = 0;
        for (int offset = 0; offset < 16; offset++) {
            for (int i = 0; i < n; i++) {
                // every 4096th float of either sign, subnormal to infinite
                m[i] = Float.intBitsToFloat((i << 16) + offset * 4093 + 1);
            }
            f.kernel().run(m, 0, n, n);
            for (int i = 0; i < n; i++) {
                double exact = f.exact().applyAsDouble(m[i]);
                float found = m[n + i];
                if (Float.floatToIntBits(found) != Float.floatToIntBits(f.scalar().of(m[i]))) {
                    throw new AssertionError(
                            f
                                    + "("
                                    + m[i]
                                    + ") is "
                                    + found
                                    + ", by its definition "
                                    + f.scalar().of(m[i]));
                }
                if (Double.isNaN(exact)) {
                    assertThat(found).isNaN();
                } else if (Math.abs(exact) >= Float.MAX_VALUE) {
                    assertThat(Math.abs(found)).isGreaterThanOrEqualTo(Float.MAX_VALUE);
                } else {
                    double unit = Math.ulp((float) exact);
                    double error = Math.abs(found - exact) / unit;
                    assertThat(error)
                            .as("%s(%s) = %s, exactly %s", f, m[i], found, exact)
                            .isLessThanOrEqualTo(2);
                    worst = Math.max(worst, error);
                }
            }
        }
        assertThat(worst).isPositive();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void special_values_are_exact(Function f) {
        float[] special = {
            0f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            1f,
            -1f,
            100f,
            -100f,
            -200f,
            200f,
            Float.MIN_VALUE,
            -0f,
            0,
            0,
            0,
            0
        };
        float[] m = new float[32];
        System.arraycopy(special, 0, m, 0, 16);
        f.kernel().run(m, 0, 16, 16);
        for (int i : new int[] {0, 1, 2, 3, 8, 9}) {
            assertThat(m[16 + i])
                    .as("%s(%s)", f, special[i])
                    .isEqualTo(Float.valueOf((float) f.exact().applyAsDouble(special[i])));
        }
    }
}
