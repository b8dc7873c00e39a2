package org.phasezoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "4.0, 4",
        "0.001, 0.001",
        "1.5E-7, 1.5e-7",
        "0.0, 0",
        "-0.0, -0",
        "NaN, ''",
        "Infinity, inf",
        "-Infinity, -inf",
        "123456789012345, 123456789012345",
        "1e15, 1e15",
        "-2.5E22, -2.5e22",
        "0.1, 0.1",
        "4.9E-324, 4.9e-324",
        "1e-6, 0.000001",
        "100, 100",
        "-12.25, -12.25"
    })
    void a_number_has_one_short_text(double value, String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }

    @Test
    void every_number_reads_back_as_itself() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            assertThat(Double.doubleToLongBits(Numbers.parse(Numbers.text(value))))
                    .isEqualTo(Double.doubleToLongBits(value));
        }
    }
}
