package org.phasezoo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {
    /// Abramowitz and Stegun, table 7.1, and 20-digit values of the complementary function for the
    /// larger arguments.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.02, 0.0225645747",
        "0.5, 0.5204998778",
        "1, 0.8427007929",
        "1.5, 0.9661051465",
        "2, 0.9953222650",
        "2.3, 0.9988568234",
        "3, 0.99997790950300141",
        "4, 0.99999998458274210",
        "-1, -0.8427007929"
    })
    void it_equals_the_published_table(double x, double expected) {
        assertThat(ErrorFunction.erf(x)).isCloseTo(expected, within(6e-11));
    }
}
