package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.phasezoo.data.Digits;
import org.phasezoo.model.ConvolutionalNet;
import org.phasezoo.model.Initialisation;
import org.phasezoo.study.Checkpoint;
import org.phasezoo.study.NetStudy;
import org.phasezoo.study.Training;
import org.phasezoo.train.Length;
import org.phasezoo.train.Momentum;
import org.phasezoo.train.Objective;
import org.phasezoo.train.Schedule;

class ArchitectureNamesTest {
    private static NetStudy net(int width, double slope) {
        return new Training(
                new Digits(64, 64, .305, .376),
                new ConvolutionalNet(width, slope),
                new Objective.CrossEntropy(),
                new Initialisation.FanInUniform(1),
                new Momentum(.1, 0, 0, 0),
                new Schedule.Constant(),
                16,
                new Length.Epochs(1),
                List.of(Checkpoint.LAST),
                1e3,
                Optional.empty(),
                Optional.empty());
    }

    /// Slopes show in no tensor, but they are part of the graph that is stored once a name.
    @Test
    void nets_of_one_id_are_told_apart_by_their_settings_where_they_differ() {
        ArchitectureNames names =
                new ArchitectureNames(List.of(net(2, .1), net(4, .1), net(4, .2), net(4, .1)));
        assertThat(names.of(net(2, .1))).isEqualTo("convolutional-net-2");
        assertThat(names.of(net(4, .1)))
                .matches("convolutional-net-4-[0-9a-f]{8}")
                .isNotEqualTo(names.of(net(4, .2)));
        assertThat(new ArchitectureNames(List.of(net(4, .2))).of(net(4, .2)))
                .isEqualTo("convolutional-net-4");
    }
}
