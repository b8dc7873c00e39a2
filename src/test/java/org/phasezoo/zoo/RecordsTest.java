package org.phasezoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.phasezoo.metric.Curve;
import org.phasezoo.metric.Measured;
import org.phasezoo.metric.Value;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Tensor;

class RecordsTest {
    private static Arrays everyType() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(
                "f", new Tensor.Float32(List.of(2), new float[] {1.5f, Float.NEGATIVE_INFINITY}));
        tensors.put("d", new Tensor.Float64(List.of(1, 1), new double[] {Math.PI}));
        tensors.put("i", new Tensor.Int32(List.of(), new int[] {-7}));
        tensors.put("l", new Tensor.Int64(List.of(0), new long[] {}));
        return new Arrays(tensors);
    }

    private static MemberRecorder recorded() {
        MemberRecorder out = new MemberRecorder();
        out.series("loss.v1", 3, 0.5);
        out.scalar("overlap.v1", 1, Double.NaN, 0);
        out.checkpoint("last", 4, everyType());
        out.updates(4);
        return out;
    }

    @Test
    void a_member_decodes_to_what_was_recorded() {
        MemberRecord record = MemberRecord.decode(recorded().finished().encode());
        assertThat(record.outcome()).isEqualTo("finished");
        assertThat(record.updates()).isEqualTo(4);
        assertThat(record.series()).containsExactly(new MemberRecord.Point("loss.v1", 3, 0.5));
        assertThat(record.scalars())
                .containsExactly(new MemberRecord.Scalar("overlap.v1", 1, Double.NaN, 0));
        Arrays weights = record.checkpoints().getFirst().weights();
        assertThat(List.copyOf(weights.tensors().keySet())).containsExactly("f", "d", "i", "l");
        assertThat(((Tensor.Float32) weights.get("f")).values())
                .containsExactly(1.5f, Float.NEGATIVE_INFINITY);
        assertThat(((Tensor.Float64) weights.get("d")).values()).containsExactly(Math.PI);
        assertThat(((Tensor.Int32) weights.get("i")).values()).containsExactly(-7);
        assertThat(weights.get("l").size()).isZero();
        assertThat(weights.get("d").shape()).containsExactly(1, 1);
    }

    @Test
    void every_nan_has_the_same_bytes() {
        MemberRecorder one = new MemberRecorder();
        one.series("loss.v1", 0, Double.NaN);
        MemberRecorder other = new MemberRecorder();
        other.series("loss.v1", 0, Double.longBitsToDouble(0xfff8000000000001L));
        assertThat(other.finished().encode()).isEqualTo(one.finished().encode());
    }

    @Test
    void nothing_is_recorded_after_divergence() {
        MemberRecorder out = recorded();
        out.diverged("loss is inf");
        byte[] then = out.finished().encode();
        out.series("loss.v1", 5, 1);
        out.checkpoint("best", 5, everyType());
        out.updates(9);
        out.diverged("again");
        assertThat(out.finished().encode()).isEqualTo(then);
        assertThat(out.finished().outcome()).isEqualTo("diverged");
        assertThat(out.finished().reason()).isEqualTo("loss is inf");
    }

    @Test
    void a_member_resumed_from_its_checkpoint_ends_with_the_same_bytes() {
        MemberRecorder straight = recorded();
        Unfinished saved =
                Unfinished.decode(new Unfinished(everyType(), recorded().soFar()).encode());
        MemberRecorder resumed = new MemberRecorder(saved.soFar());
        for (MemberRecorder out : List.of(straight, resumed)) {
            out.series("loss.v1", 8, 0.25);
            out.checkpoint("last", 8, everyType());
            out.updates(8);
        }
        assertThat(resumed.finished().encode()).isEqualTo(straight.finished().encode());
        assertThat(saved.state().get("i").size()).isEqualTo(1);
    }

    @Test
    void a_checkpoint_of_the_same_name_replaces_the_earlier_one() {
        MemberRecorder out = recorded();
        out.checkpoint("last", 9, everyType());
        assertThat(out.finished().checkpoints())
                .singleElement()
                .extracting(MemberRecord.Kept::update)
                .isEqualTo(9L);
    }

    @Test
    void measured_values_and_curves_decode_to_themselves() {
        Measured measured =
                new Measured(
                        List.of(
                                new Value(
                                        "trace.v1", 2.5, 0.1, 20, Double.NaN, 0, "ok", Double.NaN),
                                new Value(
                                        "lambda.v1",
                                        Double.NaN,
                                        Double.NaN,
                                        0,
                                        Double.NaN,
                                        0,
                                        "not-converged",
                                        0.5)),
                        List.of(
                                new Curve(
                                        "bezier.v1",
                                        List.of(0.0, 0.5, 1.0),
                                        List.of(1.0, 3.5, Double.NaN))));
        assertThat(MeasuredRecord.decode(new MeasuredRecord(measured).encode()).measured())
                .isEqualTo(measured);
    }

    @Test
    void cut_bytes_are_refused() {
        byte[] whole = recorded().finished().encode();
        for (int n = 0; n < whole.length; n++) {
            byte[] cut = java.util.Arrays.copyOf(whole, n);
            assertThatThrownBy(() -> MemberRecord.decode(cut))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
