package org.phasezoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static List<String> texts(Scale scale, int about) {
        return scale.ticks(about).stream().map(Scale.Tick::text).toList();
    }

    @Test
    void linear_ticks_are_round() {
        assertThat(texts(new Scale(Scale.Kind.LINEAR, 0, 1), 5))
                .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(texts(new Scale(Scale.Kind.LINEAR, -30, 72), 5)).containsExactly("0", "50");
        assertThat(texts(new Scale(Scale.Kind.LINEAR, 0.31, 0.36), 5))
                .containsExactly("0.31", "0.32", "0.33", "0.34", "0.35", "0.36");
    }

    @Test
    void logarithmic_ticks_are_powers_of_ten() {
        assertThat(texts(new Scale(Scale.Kind.LOG, 1e-5, 10), 6))
                .contains("10⁻⁵", "0.1", "10")
                .doesNotContain("5");
        assertThat(texts(new Scale(Scale.Kind.LOG, 1, 20), 6))
                .containsExactly("1", "2", "5", "10", "20");
    }

    @Test
    void places_are_the_function_of_the_values() {
        assertThat(new Scale(Scale.Kind.LOG, 1, 100).place(10)).isEqualTo(0.5);
        assertThat(new Scale(Scale.Kind.SQUARE_ROOT, -4, 4).place(1)).isEqualTo(0.75);
        assertThat(new Scale(Scale.Kind.SQUARE_ROOT, -4, 4).place(-1)).isEqualTo(0.25);
        assertThat(new Scale(Scale.Kind.LINEAR, 2, 4).place(3)).isEqualTo(0.5);
    }

    @Test
    void a_scale_over_one_value_or_none_is_still_a_scale() {
        assertThat(Scale.over(Scale.Kind.LINEAR, List.of(3.0, 3.0)).place(3)).isEqualTo(0.5);
        assertThat(Scale.over(Scale.Kind.LINEAR, List.of(Double.NaN)))
                .isEqualTo(new Scale(Scale.Kind.LINEAR, 0, 1));
        assertThat(Scale.over(Scale.Kind.LOG, List.of(-1.0, 0.0)))
                .isEqualTo(new Scale(Scale.Kind.LOG, 1, 10));
        assertThatThrownBy(() -> new Scale(Scale.Kind.LOG, 0, 1)).hasMessageContaining("LOG");
    }

    @Test
    void ticks_of_a_square_root_scale_stand_apart_and_inside() {
        Scale scale = new Scale(Scale.Kind.SQUARE_ROOT, -25, 25);
        List<Scale.Tick> ticks = scale.ticks(5);
        assertThat(ticks).extracting(Scale.Tick::text).contains("0", "−20", "20");
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(scale.place(ticks.get(i).value()) - scale.place(ticks.get(i - 1).value()))
                    .isGreaterThan(0.1);
        }
    }
}
