package org.phasezoo.bench;

import static java.util.Arrays.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class HandWrittenStepTest {
    @Test
    void five_steps_by_hand_have_the_bits_of_the_engines() {
        Workload engine = Workload.of(EngineTimings.CNN);
        HandWrittenStep hand = new HandWrittenStep();
        double[] start = engine.parameter("weight.0");
        for (int i = 0; i < 5; i++) {
            engine.step();
            hand.step();
        }
        assertThat(engine.parameter("weight.0")).isNotEqualTo(start);
        List<String> layers = List.of("0", "1", "2", "head");
        for (int layer = 0; layer < layers.size(); layer++) {
            double[] weights = engine.parameter("weight." + layers.get(layer));
            double[] biases = engine.parameter("bias." + layers.get(layer));
            assertThat(hand.parameters(layer))
                    .as(layers.get(layer))
                    .isEqualTo(DoubleStream.concat(stream(weights), stream(biases)).toArray());
        }
    }
}
