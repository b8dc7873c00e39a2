package org.phasezoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColourTest {
    @Test
    void the_sequential_ramp_only_darkens() {
        double before = 1;
        for (int i = 0; i <= 100; i++) {
            double luminance = Colour.at(Colour.SEQUENTIAL, i / 100.0).luminance();
            assertThat(luminance).as("at %d %%", i).isLessThanOrEqualTo(before);
            before = luminance;
        }
    }

    @Test
    void the_diverging_ramp_is_lightest_in_its_middle_and_red_below() {
        double middle = Colour.at(Colour.DIVERGING, 0.5).luminance();
        assertThat(middle).isGreaterThan(0.85);
        Colour low = Colour.at(Colour.DIVERGING, 0.2);
        Colour high = Colour.at(Colour.DIVERGING, 0.8);
        assertThat(low.red()).isGreaterThan(low.blue());
        assertThat(high.blue()).isGreaterThan(high.red());
        assertThat(low.luminance()).isLessThan(middle);
        assertThat(high.luminance()).isLessThan(middle);
    }

    @Test
    void the_colours_of_a_ramp_stand_where_they_were_put() {
        for (int i = 0; i < Colour.SEQUENTIAL.size(); i++) {
            Colour at = Colour.at(Colour.SEQUENTIAL, i / (Colour.SEQUENTIAL.size() - 1.0));
            assertThat(at).isEqualTo(Colour.SEQUENTIAL.get(i));
        }
    }

    @Test
    void text_on_any_cell_has_a_contrast_of_at_least_four_and_a_half() {
        for (List<Colour> ramp : List.of(Colour.SEQUENTIAL, Colour.DIVERGING)) {
            for (int i = 0; i <= 200; i++) {
                Colour cell = Colour.at(ramp, i / 200.0);
                double a = cell.luminance() + 0.05;
                double b = cell.text().luminance() + 0.05;
                assertThat(Math.max(a, b) / Math.min(a, b)).as("%s", cell.css()).isGreaterThan(4.5);
            }
        }
    }
}
