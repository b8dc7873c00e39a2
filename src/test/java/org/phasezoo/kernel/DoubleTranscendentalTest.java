package org.phasezoo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// exp, log, tanh and erf of doubles beside 25 digits by mpmath, written by `transcendental.py`.
class DoubleTranscendentalTest {
    private static final Path TABLE = Path.of("src/test/resources/oracle/transcendental.csv");

    private interface Kernel {
        void run(double[] m, int a, int y, int n);
    }

    private enum Function {
        ERF(DoubleTranscendental::erf),
        EXP(DoubleTranscendental::exp),
        LOG(DoubleTranscendental::log),
        TANH(DoubleTranscendental::tanh);

        private final Kernel kernel;

        Function(Kernel kernel) {
            this.kernel = kernel;
        }

        double of(double x) {
            double[] m = {x, 0};
            kernel.run(m, 0, 1, 1);
            return m[1];
        }
    }

    /// Distance from the exact value in units of the last place of the double nearest to it.
    private static double ulps(double found, String exact) {
        BigDecimal value = new BigDecimal(exact);
        BigDecimal error = new BigDecimal(found).subtract(value).abs();
        return error.doubleValue() / Math.ulp(value.doubleValue());
    }

    @ParameterizedTest
    @EnumSource
    void it_is_within_2_units_in_the_last_place(Function function) throws IOException {
        List<String[]> rows =
                Files.readAllLines(TABLE).stream()
                        .map(line -> line.split(","))
                        .filter(row -> row[0].equalsIgnoreCase(function.name()))
                        .toList();
        assertThat(rows).hasSizeGreaterThan(500);
        for (String[] row : rows) {
            assertThat(ulps(function.of(Double.parseDouble(row[1])), row[2]))
                    .as("%s(%s)", function, row[1])
                    .isLessThanOrEqualTo(2);
        }
    }

    /// At 65,536 points, 0 to 6.6, that no table holds.
    @Test
    void erf_rises_and_is_odd() {
        double last = 0;
        for (int i = 0; i < 1 << 16; i++) {
            double x = i * 1e-4;
            double y = ErrorFunction.erf(x);
            assertThat(y).isBetween(last, 1.0);
            assertThat(ErrorFunction.erf(-x)).isEqualTo(-y);
            last = y;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "4.9E-324, 4.9E-324",
        "6, 1",
        "1e300, 1",
        "Infinity, 1",
        "-Infinity, -1",
        "NaN, NaN"
    })
    void special_values_of_erf_are_exact(double x, double expected) {
        assertThat(ErrorFunction.erf(x)).isEqualTo(Double.valueOf(expected));
    }
}
