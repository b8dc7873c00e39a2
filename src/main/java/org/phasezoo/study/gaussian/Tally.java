package org.phasezoo.study.gaussian;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.State;
import org.phasezoo.study.Tensor;

/// Running sums and how far they have come: the state of the studies here whose systems are drawn again by index.
public final class Tally implements State {
    final double[] values;
    long next;

    Tally(int size) {
        this.values = new double[size];
    }

    /// The tally that was saved.
    static Tally of(Arrays saved) {
        if (!(saved.get("values") instanceof Tensor.Float64(_, double[] values))
                || !(saved.get("next") instanceof Tensor.Int64(_, long[] next))
                || next.length != 1) {
            throw new IllegalArgumentException("arrays \"values\" and \"next\" are not float64 and one int64");
        }
        Tally tally = new Tally(values.length);
        System.arraycopy(values, 0, tally.values, 0, values.length);
        tally.next = next[0];
        return tally;
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("next", new Tensor.Int64(List.of(1), new long[] {next}));
        tensors.put("values", new Tensor.Float64(List.of(values.length), values.clone()));
        return new Arrays(tensors);
    }
}
