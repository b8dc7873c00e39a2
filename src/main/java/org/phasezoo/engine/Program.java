package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// A pure function of named arrays: a graph laid out, fused and planned into an arena. A program is
/// a plan and has no state; [#workspace] gives it memory to run in, one for each thread.
public final class Program {
    /// A named array of a program: where it stands in the arena and its shape.
    record Slot(int at, Shape shape) {}

    /// An output that becomes an input of the next run.
    record Carry(int from, int to, int size) {}

    private final Plan plan;
    private final SequencedMap<String, Slot> inputs;
    private final SequencedMap<String, Slot> outputs;
    private final List<Carry> carries;

    private Program(
            Plan plan,
            SequencedMap<String, Slot> inputs,
            SequencedMap<String, Slot> outputs,
            List<Carry> carries) {
        this.plan = plan;
        this.inputs = inputs;
        this.outputs = outputs;
        this.carries = carries;
    }

    /// The program that computes these outputs.
    public static Program of(SequencedMap<String, Node> outputs) {
        return of(outputs, new LinkedHashMap<>());
    }

    /// The program that computes these outputs and, after each run, moves some of them into inputs:
    /// a step whose result is the next step's argument. `carries` maps the output's name to the
    /// input's.
    public static Program of(
            SequencedMap<String, Node> outputs, SequencedMap<String, String> carries) {
        return of(outputs, carries, Forced.NOTHING);
    }

    /// The same program by a plan with forced choices, which move no bit.
    static Program of(
            SequencedMap<String, Node> outputs,
            SequencedMap<String, String> carries,
            Forced forced) {
        return of(outputs, carries, Layout.SAMPLE_LANES, forced);
    }

    /// The same function for 16 members at once, each with inputs of its own, in the lanes of one
    /// program. Each member gets the bits that it gets alone.
    ///
    /// @throws IllegalArgumentException for ops that have no member lanes: convolutions, draws,
    ///   gathers, factorisations
    public static MemberWorkspace members(
            SequencedMap<String, Node> outputs,
            SequencedMap<String, String> carries,
            Precision precision) {
        return members(outputs, carries, precision, Forced.NOTHING);
    }

    /// The same members by a plan with forced choices, which move no bit.
    static MemberWorkspace members(
            SequencedMap<String, Node> outputs,
            SequencedMap<String, String> carries,
            Precision precision,
            Forced forced) {
        Program program = of(outputs, carries, Layout.MEMBER_LANES, forced);
        return switch (precision) {
            case FLOAT32 -> new FloatMemberWorkspace(program);
            case FLOAT64 -> new DoubleMemberWorkspace(program);
        };
    }

    private static Program of(
            SequencedMap<String, Node> outputs,
            SequencedMap<String, String> carries,
            Layout layout,
            Forced forced) {
        SequencedMap<Node, String> moved = new LinkedHashMap<>();
        carries.forEach((from, to) -> {
            Node output = outputs.get(from);
            if (output != null) {
                moved.put(output, to);
            }
        });
        Plan plan = Plan.of(List.copyOf(outputs.sequencedValues()), moved, layout, forced);
        refuse(plan, outputs, carries);
        SequencedMap<String, Slot> out = new LinkedHashMap<>();
        outputs.forEach((name, node) -> out.put(name, new Slot(plan.place(node), node.shape())));
        SequencedMap<String, Slot> in = plan.inputs();
        List<Carry> moves = new ArrayList<>();
        carries.forEach((from, to) -> {
            Slot source = slot(out, from);
            Slot target = slot(in, to);
            if (!source.shape().equals(target.shape())) {
                throw new IllegalArgumentException(
                        "output "
                                + from
                                + " "
                                + source.shape()
                                + " cannot become input "
                                + to
                                + " "
                                + target.shape());
            }
            if (source.at() != target.at()) {
                moves.add(new Carry(source.at(), target.at(), layout.size(source.shape())));
            }
        });
        return new Program(plan, in, out, List.copyOf(moves));
    }

    /// Carries after which an output would not be what the graph says.
    private static void refuse(
            Plan plan, SequencedMap<String, Node> outputs, SequencedMap<String, String> carries) {
        TreeSet<String> inputs = new TreeSet<>();
        carries.forEach((from, to) -> {
            if (!inputs.add(to)) {
                throw new IllegalArgumentException("two outputs become input " + to);
            }
            outputs.forEach((name, node) -> {
                if (!name.equals(from) && plan.isInput(node, to)) {
                    throw new IllegalArgumentException(
                            "output "
                                    + name
                                    + " is input "
                                    + to
                                    + ", which output "
                                    + from
                                    + " becomes: make it an array of its own");
                }
            });
        });
    }

    /// Memory to run in, all zeros.
    public Workspace workspace(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> new FloatWorkspace(this);
            case FLOAT64 -> new DoubleWorkspace(this);
        };
    }

    /// Elements of its arena.
    public int arenaElements() {
        return plan.arenaElements();
    }

    /// Multiply-adds of contractions and convolutions at full count.
    public double multiplyAdds() {
        return plan.multiplyAdds();
    }

    /// Names of its inputs.
    public List<String> inputNames() {
        return List.copyOf(inputs.sequencedKeySet());
    }

    /// The arrays that are set before it runs, told one by one.
    public List<Explained> explainedInputs() {
        List<Explained> told = new ArrayList<>();
        inputs.forEach((name, slot) -> {
            told.add(Explained.ofInput(name, slot.shape(), plan.layout(), slot.at()));
            if (rows(name) != 0) {
                told.add(Explained.ofRows(name, slot.shape(), rows(name)));
            }
        });
        return told;
    }

    /// Its steps, told one by one.
    public List<Explained> explained() {
        return List.copyOf(plan.explained());
    }

    /// The shape of an input.
    public Shape shapeOf(String input) {
        return input(input).shape();
    }

    Plan plan() {
        return plan;
    }

    List<Carry> carries() {
        return carries;
    }

    /// Where a bounded input stands as rows of samples, too; 0 if nowhere.
    int rows(String input) {
        return plan.rowCopies().of(input);
    }

    Slot input(String name) {
        return slot(inputs, name);
    }

    Slot output(String name) {
        return slot(outputs, name);
    }

    private static Slot slot(Map<String, Slot> slots, String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException(
                    "no array \"" + name + "\"; there are " + slots.keySet());
        }
        return slot;
    }
}
