package org.phasezoo.study.spin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.State;
import org.phasezoo.study.Tensor;

/// What the queries so far have given, a row a quantity. The patterns are drawn again from their
/// key and not saved.
public final class ModernHopfieldState implements State {
    private static final int QUANTITIES = 7;

    private final AttentionMemory memory;
    private final int queries;
    private final double[] rows;
    private int next;

    ModernHopfieldState(AttentionMemory memory, int queries) {
        this.memory = memory;
        this.queries = queries;
        this.rows = new double[QUANTITIES * queries];
    }

    ModernHopfieldState(AttentionMemory memory, int queries, Arrays saved) {
        this(memory, queries);
        if (!(saved.get("rows") instanceof Tensor.Float64(_, double[] values))
                || values.length != rows.length) {
            throw new IllegalArgumentException("array \"rows\" is not " + rows.length + " float64");
        }
        System.arraycopy(values, 0, rows, 0, rows.length);
        if (!(saved.get("next") instanceof Tensor.Int32(_, int[] value)) || value.length != 1) {
            throw new IllegalArgumentException("array \"next\" is not one int32");
        }
        this.next = value[0];
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("next", new Tensor.Int32(List.of(1), new int[] {next}));
        tensors.put("rows", new Tensor.Float64(List.of(QUANTITIES, queries), rows.clone()));
        return new Arrays(tensors);
    }

    AttentionMemory memory() {
        return memory;
    }

    /// The query that comes next.
    int next() {
        return next;
    }

    /// The quantities of the query that comes next.
    void done(AttentionQuery query) {
        double[] quantities = {
            query.failedFirst(),
            query.failed(),
            query.logError(),
            query.participation(),
            query.energyChange(),
            query.boundExcess(),
            query.margin()
        };
        for (int q = 0; q < QUANTITIES; q++) {
            rows[q * queries + next] = quantities[q];
        }
        next++;
    }

    void report(Recorder out, int patterns) {
        mean(out, "retrieval.failure.one-step.v1", 0, 1);
        mean(out, "retrieval.failure.settled.v1", 1, 1);
        mean(out, "error.log.v1", 2, 1);
        mean(out, "participation.v1", 3, 1);
        mean(out, "participation.share.v1", 3, patterns);
        out.scalar("energy.largest-change.v1", largest(4));
        out.scalar("error.bound-excess.v1", largest(5));
        out.scalar("error.slope.v1", slope());
    }

    private void mean(Recorder out, String definition, int quantity, double unit) {
        double sum = 0;
        for (int i = 0; i < queries; i++) {
            sum += rows[quantity * queries + i] / unit;
        }
        double mean = sum / queries;
        double squares = 0;
        for (int i = 0; i < queries; i++) {
            double off = rows[quantity * queries + i] / unit - mean;
            squares += off * off;
        }
        out.scalar(definition, mean, Math.sqrt(squares / (queries - 1) / queries), queries);
    }

    /// NaN when no query has the quantity.
    private double largest(int quantity) {
        double largest = Double.NaN;
        for (int i = 0; i < queries; i++) {
            double value = rows[quantity * queries + i];
            largest = Double.isNaN(value) || largest >= value ? largest : value;
        }
        return largest;
    }

    /// Of log error (row 2) against the margin (row 6), where there is one.
    private double slope() {
        int n = 0;
        double mx = 0;
        double my = 0;
        for (int i = 0; i < queries; i++) {
            if (!Double.isNaN(rows[6 * queries + i])) {
                n++;
                mx += rows[6 * queries + i];
                my += rows[2 * queries + i];
            }
        }
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < queries; i++) {
            double x = rows[6 * queries + i] - mx / n;
            if (!Double.isNaN(x)) {
                xx += x * x;
                xy += x * (rows[2 * queries + i] - my / n);
            }
        }
        return n < 8 ? Double.NaN : xy / xx;
    }
}
