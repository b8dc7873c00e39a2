package org.phasezoo.engine;

import java.util.TreeMap;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.Lanes;
import org.phasezoo.random.Draws;

/// Memory of a program and the way to run it. Not safe for use by several threads at once.
public abstract sealed class Workspace permits FloatWorkspace, DoubleWorkspace {
    private final Program program;
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final TreeMap<String, Stream> streams = new TreeMap<>();

    Workspace(Program program) {
        this.program = program;
    }

    abstract void store(int at, double value);

    abstract double load(int at);

    /// Runs the program once with the counts and inputs that are set, then carries outputs into
    /// inputs.
    public abstract void run();

    /// Gathers rows of a row-major float table into a bounded input: its sample i is row `rows[from
    /// + i]`, for i below `n`, which also becomes the count of its axis.
    public abstract void gather(String input, float[] table, int[] rows, int from, int n);

    final Program program() {
        return program;
    }

    /// Sets the count of a bounded axis.
    public final void count(String rows, int n) {
        counts.put(rows, n);
    }

    final int countOf(String rows) {
        Integer n = counts.get(rows);
        if (n == null) {
            throw new IllegalStateException("no count of " + rows + " was set");
        }
        return n;
    }

    /// Draws under one key, and how many rows of them came before.
    record Stream(Draws draws, long from) {}

    /// Gives a [org.phasezoo.graph.Op.Draw] of this name its draws for the next runs: row r takes
    /// the draws of row `from` + r.
    public final void draws(String name, Draws draws, long from) {
        streams.put(name, new Stream(draws, from));
    }

    final Stream stream(String name) {
        Stream stream = streams.get(name);
        if (stream == null) {
            throw new IllegalStateException("no draws were given to " + name);
        }
        return stream;
    }

    final int gatherCount(String input, int n) {
        Shape shape = program.input(input).shape();
        if (!shape.isBounded() || n < 1 || n > shape.size(0)) {
            throw new IllegalArgumentException(
                    "input " + input + " of shape " + shape + " does not take " + n + " rows");
        }
        count(shape.rows(), n);
        return shape.rowElements();
    }

    /// Sets an input from its row-major elements.
    public final void set(String input, float[] values) {
        set(input, values, 0);
    }

    /// Sets an input from row-major elements that begin at `from`.
    public final void set(String input, float[] values, int from) {
        Program.Slot slot = program.input(input);
        int n = fixed(slot);
        for (int i = 0; i < n; i++) {
            store(slot.at() + i, values[from + i]);
        }
    }

    /// Sets an input from its row-major elements.
    public final void set(String input, double[] values) {
        set(input, values, 0);
    }

    /// Sets an input from row-major elements that begin at `from`.
    public final void set(String input, double[] values, int from) {
        Program.Slot slot = program.input(input);
        if (slot.shape().isBounded()) {
            int inner = slot.shape().rowElements();
            int n = countOf(slot.shape().rows());
            int rows = program.rows(input);
            int row = RowCopies.row(inner);
            for (int i = 0; i < n * inner; i++) {
                store(lane(slot.at(), inner, i), values[from + i]);
                if (rows > 0) {
                    store(rows + i / inner * row + i % inner, values[from + i]);
                }
            }
            return;
        }
        int n = fixed(slot);
        for (int i = 0; i < n; i++) {
            store(slot.at() + i, values[from + i]);
        }
    }

    private static int fixed(Program.Slot slot) {
        if (slot.shape().isBounded()) {
            throw new IllegalArgumentException(
                    "a bounded input " + slot.shape() + " is gathered, not set");
        }
        return slot.shape().elements();
    }

    private static int lane(int at, int inner, int element) {
        int sample = element / inner;
        return at
                + (sample / Lanes.LANES * inner + element % inner) * Lanes.LANES
                + sample % Lanes.LANES;
    }

    /// Sets a scalar input.
    public final void set(String input, double value) {
        store(program.input(input).at(), value);
    }

    /// A scalar output.
    public final double scalar(String output) {
        return load(program.output(output).at());
    }

    /// Writes an output's row-major elements into `into` from `to` on; of a bounded output the rows
    /// counted.
    public final void get(String output, double[] into, int to) {
        Program.Slot slot = program.output(output);
        if (slot.shape().isBounded()) {
            int inner = slot.shape().rowElements();
            int n = countOf(slot.shape().rows()) * inner;
            for (int i = 0; i < n; i++) {
                into[to + i] = load(lane(slot.at(), inner, i));
            }
        } else {
            for (int i = 0; i < slot.shape().elements(); i++) {
                into[to + i] = load(slot.at() + i);
            }
        }
    }

    /// As [#get(String, double[], int)], rounded to float.
    public final void get(String output, float[] into, int to) {
        Program.Slot slot = program.output(output);
        int n = fixed(slot);
        for (int i = 0; i < n; i++) {
            into[to + i] = (float) load(slot.at() + i);
        }
    }

    /// Writes the present elements of a fixed input (a carried state, for example) into `into` from
    /// `to` on.
    public final void peek(String input, double[] into, int to) {
        Program.Slot slot = program.input(input);
        int n = fixed(slot);
        for (int i = 0; i < n; i++) {
            into[to + i] = load(slot.at() + i);
        }
    }
}
