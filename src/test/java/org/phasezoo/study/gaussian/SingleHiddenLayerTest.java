package org.phasezoo.study.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.study.Kept;

class SingleHiddenLayerTest {
    private static SingleHiddenLayer study(
            Activation activation, OutputLaw output, int width, long units) {
        return new SingleHiddenLayer(activation, output, width, 1.5, units);
    }

    @Test
    void the_exact_cumulants_are_those_of_the_closed_forms() {
        assertThat(new SingleHiddenLayerTheory(Activation.RELU, OutputLaw.NORMAL, 5, 2).four())
                .isCloseTo(3, within(1e-12));
        assertThat(new SingleHiddenLayerTheory(Activation.RELU, OutputLaw.NORMAL, 1, 2).six())
                .isCloseTo(660, within(1e-9));
        assertThat(new SingleHiddenLayerTheory(Activation.IDENTITY, OutputLaw.NORMAL, 1, 2).four())
                .isCloseTo(6, within(1e-12));
        assertThat(new SingleHiddenLayerTheory(Activation.SIGN, OutputLaw.NORMAL, 1, 2).four())
                .isZero();
        assertThat(new SingleHiddenLayerTheory(Activation.SIGN, OutputLaw.UNIFORM, 1, 2).four())
                .isCloseTo(-1.2, within(1e-12));
    }

    @Test
    void a_steep_tanh_has_the_moments_of_a_sign_and_a_flat_one_those_of_the_identity() {
        assertThat(Activation.TANH.moment(4, 1e5)).isCloseTo(1, within(1e-2));
        assertThat(Activation.TANH.moment(4, 1e-3)).isCloseTo(3e-12, within(1e-16));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void an_ensemble_has_the_exact_cumulants(Activation activation) {
        for (OutputLaw output : OutputLaw.values()) {
            Kept kept = Kept.finish(study(activation, output, 3, 240_000), 1);
            Kept theory = Kept.finish(new SingleHiddenLayerTheory(activation, output, 3, 1.5), 1);
            double off = Math.abs(kept.of("cumulant.four.v1") - theory.of("cumulant.four.v1"));
            assertThat(off).as("%s %s", activation, output).isLessThan(.4);
        }
    }

    @Test
    void the_fourth_hermite_polynomial_brings_the_normal_law_nearer() {
        assertThat(
                        Kept.finish(study(Activation.RELU, OutputLaw.NORMAL, 8, 800_000), 2)
                                .of("distance.ratio.v1"))
                .isLessThan(.5);
    }

    @Test
    void a_member_that_is_saved_and_restored_after_each_slice_gives_the_same_bits() {
        SingleHiddenLayer study = study(Activation.RELU, OutputLaw.UNIFORM, 7, 5_000_000);
        assertThat(Kept.interrupted(study, 3).values).isEqualTo(Kept.finish(study, 3).values);
    }

    @Test
    void the_slope_of_an_activation_is_its_derivative() {
        for (Activation activation : Activation.values()) {
            double slope = (activation.of(.7 + 1e-6) - activation.of(.7 - 1e-6)) / 2e-6;
            assertThat(activation.slope(.7)).as(activation.name()).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void too_few_units_are_refused_with_what_would_do() {
        assertThatThrownBy(() -> study(Activation.RELU, OutputLaw.NORMAL, 8, 7_999))
                .hasMessageContaining("units is 7999")
                .hasMessageContaining("; choose one from 1000 times the width");
    }
}
