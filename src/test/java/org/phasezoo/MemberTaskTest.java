package org.phasezoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.State;
import org.phasezoo.study.Study;
import org.phasezoo.study.spin.DenseHebb;
import org.phasezoo.study.spin.DenseHebbState;
import org.phasezoo.suite.PlannedRun;
import org.phasezoo.zoo.MemberRecord;
import org.phasezoo.zoo.MemberRecorder;
import org.phasezoo.zoo.Unfinished;

class MemberTaskTest {
    private static final Run RUN =
            new PlannedRun(new LinkedHashMap<>(), OptionalInt.of(3), new LinkedHashMap<>(), "");

    @Test
    void a_member_goes_on_from_any_slice_with_the_same_bytes() throws IOException {
        DenseHebb study = new DenseHebb(14, 4, 0.002, 0.1, 0.8, 5, 4, 3, 2);
        byte[] whole = MemberTask.record(study, RUN, Optional.empty(), _ -> {}).encode();
        List<Unfinished> slices = new ArrayList<>();
        MemberRecorder recorder = new MemberRecorder();
        DenseHebbState state = study.start(RUN);
        while (study.advance(state, RUN, recorder)) {
            slices.add(Unfinished.decode(new Unfinished(state.save(), recorder.soFar()).encode()));
        }
        assertThat(slices).hasSizeGreaterThan(1);
        for (Unfinished slice : slices) {
            assertThat(MemberTask.record(study, RUN, Optional.of(slice), _ -> {}).encode())
                    .isEqualTo(whole);
        }
    }

    private record Nothing() implements State {
        @Override
        public Arrays save() {
            return new Arrays(new LinkedHashMap<>());
        }
    }

    /// A study that records one value and then diverges, or breaks.
    private record Broken(boolean breaks) implements Study<Nothing> {
        @Override
        public List<Observable> observables() {
            return List.of();
        }

        @Override
        public Nothing start(Run run) {
            return new Nothing();
        }

        @Override
        public boolean advance(Nothing state, Run run, Recorder out) {
            out.series("x.v1", 1, 2);
            if (breaks) {
                throw new IllegalStateException("no such thing");
            }
            out.diverged("too large");
            out.series("x.v1", 2, 3);
            return true;
        }

        @Override
        public Nothing restore(Run run, Arrays saved) {
            return new Nothing();
        }

        @Override
        public SequencedMap<String, Integer> revisions() {
            return new TreeMap<>();
        }

        @Override
        public double multiplyAdds() {
            return 1;
        }
    }

    @Test
    void a_study_that_breaks_is_a_failed_member_with_its_reason() throws IOException {
        MemberRecord record = MemberTask.record(new Broken(true), RUN, Optional.empty(), _ -> {});
        assertThat(record.outcome()).isEqualTo("failed");
        assertThat(record.reason()).isEqualTo("IllegalStateException: no such thing");
    }

    @Test
    void nothing_is_recorded_after_divergence() throws IOException {
        MemberRecord record = MemberTask.record(new Broken(false), RUN, Optional.empty(), _ -> {});
        assertThat(record.outcome()).isEqualTo("diverged");
        assertThat(record.series()).hasSize(1);
    }
}
