package org.phasezoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
    @ParameterizedTest
    @CsvSource({
        "0.93, 0.930",
        "-12.34, −12.3",
        "1234.5, 1234",
        "0, 0",
        "NaN, –",
        "0.00001, 1e−5",
        "-2500000, −2.5e6",
        "3.14159, 3.14",
        "Infinity, ∞",
        "0.01234, 0.0123"
    })
    void a_number_is_shown_with_about_three_digits(double value, String text) {
        assertThat(Format.shortly(value)).isEqualTo(text);
    }

    @Test
    void rounding_to_zero_leaves_no_minus_sign() {
        assertThat(Format.fixed(-0.0004, 2)).isEqualTo("0.00");
    }

    @Test
    void numbers_of_tables_read_back_as_themselves() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Format.exact(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void markup_and_control_characters_are_harmless() {
        assertThat(Format.escape("<b a='x'>\"&\u0001é"))
                .isEqualTo("&lt;b a=&#39;x&#39;&gt;&quot;&amp;é");
    }

    @Test
    void wrapped_text_loses_no_word() {
        String text = "the taxonomy's published grid with the phases that were drawn by hand";
        assertThat(String.join(" ", Format.wrap(text, 120, 12))).isEqualTo(text);
        assertThat(Format.wrap(text, 120, 12))
                .hasSizeGreaterThan(2)
                .allMatch(line -> Format.width(line, 12) <= 120);
    }
}
