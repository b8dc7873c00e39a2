package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A state of numbers and rows of numbers by name and a count of steps: all that many studies
/// carry.
public final class Saved implements State {
    private final SequencedMap<String, double[]> rows = new LinkedHashMap<>();
    private long step;

    public Saved() {}

    public static Saved restore(Arrays saved) {
        Saved state = new Saved();
        for (var entry : saved.tensors().entrySet()) {
            switch (entry.getValue()) {
                case Tensor.Float64(_, double[] values) ->
                        state.rows.put(entry.getKey(), values.clone());
                case Tensor.Int64(_, long[] values) -> state.step = values[0];
                default ->
                        throw new IllegalArgumentException(
                                "array \"" + entry.getKey() + "\" is neither float64 nor int64");
            }
        }
        return state;
    }

    public Saved with(String name, double[] row) {
        rows.put(name, row);
        return this;
    }

    /// The row of this name, to be written in place.
    public double[] row(String name) {
        double[] row = rows.get(name);
        if (row == null) {
            throw new IllegalArgumentException(
                    "no array \"" + name + "\"; there are " + rows.sequencedKeySet());
        }
        return row;
    }

    /// As [#with(String, double[])] for a single number.
    public Saved with(String name, double number) {
        return with(name, new double[] {number});
    }

    /// The number of this name.
    public double number(String name) {
        return row(name)[0];
    }

    public void set(String name, double number) {
        row(name)[0] = number;
    }

    public long step() {
        return step;
    }

    public void stepped() {
        step++;
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("step", new Tensor.Int64(List.of(1), new long[] {step}));
        rows.forEach((name, row) ->
                tensors.put(name, new Tensor.Float64(List.of(row.length), row.clone())));
        return new Arrays(tensors);
    }
}
