package org.phasezoo.study.gaussian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.phasezoo.graph.Op;
import org.phasezoo.study.Study;

class ActivatedTest {
    @Test
    void a_member_hangs_on_the_error_function_only_where_it_computes_one() {
        for (Activation activation : List.of(Activation.ERF, Activation.RELU)) {
            List<Study<?>> studies =
                    List.of(
                            new SingleHiddenLayer(activation, OutputLaw.NORMAL, 4, 1, 4000),
                            new SingleHiddenLayerTheory(activation, OutputLaw.NORMAL, 4, 1));
            for (Study<?> study : studies) {
                assertThat(study.revisions().get("Erf"))
                        .isEqualTo(
                                activation == Activation.ERF
                                        ? Integer.valueOf(new Op.Erf().revision())
                                        : null);
            }
        }
    }
}
