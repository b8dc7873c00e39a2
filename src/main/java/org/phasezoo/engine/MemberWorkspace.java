package org.phasezoo.engine;

import java.util.TreeMap;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.Lanes;

/// Memory of 16 members of one program, in the lanes, and the way to run them together. The members
/// share counts; each has inputs and outputs of its own. Not safe for use by several threads at
/// once.
public abstract sealed class MemberWorkspace permits FloatMemberWorkspace, DoubleMemberWorkspace {
    /// Members in a program.
    public static final int MEMBERS = Lanes.LANES;

    private final Program program;
    private final TreeMap<String, Integer> counts = new TreeMap<>();

    MemberWorkspace(Program program) {
        this.program = program;
    }

    abstract void store(int at, double value);

    abstract double load(int at);

    /// Runs all members once with the counts and inputs that are set, then carries outputs into
    /// inputs.
    public abstract void run();

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

    private int elements(Shape shape) {
        return shape.isBounded() ? countOf(shape.rows()) * shape.rowElements() : shape.elements();
    }

    /// Sets a member's input from its row-major elements; of a bounded input the rows counted.
    public final void set(int member, String input, double[] values) {
        Program.Slot slot = program.input(input);
        for (int i = 0; i < elements(slot.shape()); i++) {
            store(slot.at() + i * MEMBERS + member, values[i]);
        }
    }

    /// Sets a member's bounded input to rows `rows[from] … rows[from + n − 1]` of a row-major
    /// table; n becomes the count of its axis.
    public final void gather(int member, String input, float[] table, int[] rows, int from, int n) {
        Program.Slot slot = program.input(input);
        int inner = slot.shape().rowElements();
        count(slot.shape().rows(), n);
        for (int i = 0; i < n * inner; i++) {
            store(
                    slot.at() + i * MEMBERS + member,
                    table[rows[from + i / inner] * inner + i % inner]);
        }
    }

    /// Sets a member's scalar input.
    public final void set(int member, String input, double value) {
        store(program.input(input).at() + member, value);
    }

    /// A member's scalar output.
    public final double scalar(int member, String output) {
        return load(program.output(output).at() + member);
    }

    /// Writes a member's output, row-major, into `into` from `to` on.
    public final void get(int member, String output, double[] into, int to) {
        read(member, program.output(output), into, to);
    }

    /// As [#get], of the present elements of an input, which carries may have changed.
    public final void peek(int member, String input, double[] into, int to) {
        read(member, program.input(input), into, to);
    }

    private void read(int member, Program.Slot slot, double[] into, int to) {
        for (int i = 0; i < elements(slot.shape()); i++) {
            into[to + i] = load(slot.at() + i * MEMBERS + member);
        }
    }
}
