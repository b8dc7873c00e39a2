package org.phasezoo.train;

import org.phasezoo.data.Split;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.graph.Shape;

/// The memory of the programs that a member or a metric holds at once, as planned: no program runs
/// and none is given memory.
///
/// @param arenaBytes of all arrays of the programs
/// @param dataBytes of what the programs read: a split, or the numbers that the inputs of examples
///   are set from, at full count
public record Footprint(long arenaBytes, long dataBytes) {
    /// Of what holds no programs.
    public static final Footprint NONE = new Footprint(0, 0);

    /// Of a program that gathers its examples from a table which is counted elsewhere.
    public static Footprint ofArena(Program program, Precision precision) {
        return new Footprint((long) program.arenaElements() * precision.bytes(), 0);
    }

    /// Of the examples that nets train on.
    public static Footprint of(Split split) {
        return new Footprint(
                0,
                (long) Float.BYTES * (split.inputs().length + split.targets().length)
                        + (long) Integer.BYTES * split.labels().length);
    }

    /// Of a program whose examples are set from doubles.
    public static Footprint of(Program program, Precision precision) {
        return ofArena(program, precision).plus(ofExamples(program, Double.BYTES));
    }

    /// Of a learner.
    public static Footprint of(Learner learner) {
        return of(learner.program(), learner.precision());
    }

    /// Of rows of all inputs with a bounded axis, beside the program.
    public static Footprint ofExamples(Program program, int bytes) {
        long elements = 0;
        for (String input : program.inputNames()) {
            Shape shape = program.shapeOf(input);
            elements += shape.isBounded() ? shape.elements() : 0;
        }
        return new Footprint(0, elements * bytes);
    }

    /// Of both, held at the same time.
    public Footprint plus(Footprint other) {
        return new Footprint(arenaBytes + other.arenaBytes, dataBytes + other.dataBytes);
    }

    /// Of the larger, where one is held after the other.
    public Footprint or(Footprint other) {
        return other.bytes() > bytes() ? other : this;
    }

    public long bytes() {
        return arenaBytes + dataBytes;
    }
}
