package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.Lanes;

/// From graph to steps, in one pass: which nodes get an array of their own, where it stands, and
/// which kernels run.
///
/// An element-wise node whose only readers lie in one chain joins that chain, and gets an array
/// only if it is an output. Reshapes and stop-gradients are other names of their input's array.
final class Plan {
    /// Elements of a block of an element-wise chain; small enough that its scratch stays in the
    /// first-level cache.
    static final int BLOCK = 1024;

    /// A constant block: `size` elements of `value`, written once when a workspace is made.
    record Fill(double value, int at, int size) {}

    private final Fusion fusion;
    private final Forced forced;
    private final Arena arena;
    private final Borders borders;
    private final TreeMap<Integer, Integer> places = new TreeMap<>();
    private final TreeMap<Integer, Integer> readersLeft;
    private final SequencedMap<Double, Integer> constants;
    private final SequencedMap<String, Program.Slot> inputs = new LinkedHashMap<>();
    private final RowCopies rowCopies;
    private final ChainSums chainSums;
    private List<Step> steps = new ArrayList<>();
    private final List<Fill> fills;
    private final List<Explained> explained = new ArrayList<>();
    private double multiplyAdds;

    private final Layout layout;

    /// Where the inputs stand that have a place already.
    private final Map<String, Integer> standing;

    /// Which steps run a few tiles of samples at a time; null where all samples run at once.
    private final @Nullable MicroBatches batches;

    /// How many tiles, at most.
    private final int tiles;

    /// While the steps of a micro-batch are planned: those around them, the slices of inputs, and
    /// fixed arrays that may be given back behind.
    private boolean inside;

    private List<Step> around = List.of();
    private final List<Step.Slice> slices = new ArrayList<>();
    private final List<Node> late = new ArrayList<>();

    private Plan(
            Fusion fusion,
            List<Node> outputs,
            Collection<String> carried,
            @Nullable MicroBatches batches,
            int tiles,
            Layout layout,
            Forced forced) {
        this.fusion = fusion;
        this.batches = batches;
        this.tiles = tiles;
        this.layout = layout;
        this.forced = forced;
        this.readersLeft = fusion.readers(outputs);
        this.chainSums = new ChainSums(fusion, readersLeft, layout, forced);
        this.arena = new Arena(forced.isOn(Choice.REUSE, true));
        this.borders = new Borders(fusion, arena, tiles, forced);
        this.rowCopies = new RowCopies(arena, carried);
        this.constants = new LinkedHashMap<>();
        this.fills = new ArrayList<>();
        this.standing = new TreeMap<>();
    }

    /// Inside another plan.
    private Plan(Fusion fusion, List<Node> outputs, Plan around, Map<String, Integer> standing) {
        this.fusion = fusion;
        this.batches = null;
        this.tiles = Integer.MAX_VALUE;
        this.layout = around.layout;
        this.forced = around.forced;
        this.readersLeft = fusion.readers(outputs);
        this.chainSums = new ChainSums(fusion, readersLeft, layout, forced);
        this.arena = around.arena;
        this.borders = new Borders(fusion, arena, tiles, forced);
        this.rowCopies = new RowCopies(arena, standing.keySet());
        this.constants = around.constants;
        this.fills = around.fills;
        this.standing = standing;
    }

    /// The plan that computes these outputs; `carries` maps outputs to the names of inputs that
    /// they become.
    static Plan of(List<Node> outputs, Map<Node, String> carries, Layout layout, Forced forced) {
        Fusion fusion = Fusion.of(outputs, forced);
        Plan whole =
                new Plan(
                        fusion, outputs, carries.values(), null, Integer.MAX_VALUE, layout, forced);
        whole.build(outputs, carries);
        MicroBatches batches =
                layout == Layout.SAMPLE_LANES ? MicroBatches.of(fusion, outputs) : null;
        if (batches == null) {
            return whole;
        }
        Plan best = whole;
        for (int tiles : batches.tiles()) {
            boolean large = best.working() > MicroBatches.SMALL && !batches.areDense();
            if (forced.isOn(Choice.MICRO_BATCHES, large)) {
                fusion.inPhases(batches);
                Plan next =
                        new Plan(fusion, outputs, carries.values(), batches, tiles, layout, forced);
                next.build(outputs, carries);
                boolean smaller = next.working() <= best.working() / 4 * 3;
                best = forced.isOn(Choice.MICRO_BATCHES, smaller) ? next : best;
            }
        }
        return best;
    }

    /// Elements of its arena other than samples that are given.
    private int working() {
        int given = 0;
        for (Program.Slot input : inputs.sequencedValues()) {
            given += input.shape().isBounded() ? layout.size(input.shape()) : 0;
        }
        return arena.size() - given;
    }

    /// The plan of `trips` trips inside this one, in the same arena, with all inputs in these
    /// places.
    Plan inside(
            List<Node> outputs, Map<Node, String> carries, Map<String, Integer> inputs, int trips) {
        Plan plan = new Plan(Fusion.of(outputs, forced), outputs, this, inputs);
        plan.build(outputs, carries);
        multiplyAdds += trips * plan.multiplyAdds;
        plan.explained.forEach(step -> explained.add(step.repeated(trips)));
        return plan;
    }

    /// Gives back what these outputs take, except for these places.
    void release(List<Node> outputs, Set<Integer> kept) {
        for (Node output : outputs) {
            Node owner = fusion.owner(output);
            int at = places.getOrDefault(owner.number(), 0);
            release(owner, kept.contains(at) ? at : 0);
        }
    }

    private void build(List<Node> outputs, Map<Node, String> carries) {
        SequencedMap<String, Node> inputNodes = new LinkedHashMap<>();
        for (Node node : fusion.arrays()) {
            if (node.op() instanceof Op.Input(String name, Shape shape)) {
                Integer given = standing.get(name);
                int at = given == null ? arena.take(layout.size(shape)) : given;
                places.put(node.number(), at);
                readersLeft.merge(node.number(), 1, Integer::sum);
                inputs.put(name, new Program.Slot(at, shape));
                inputNodes.put(name, node);
                if (batches == null || !shape.isBounded()) {
                    addBorders(node);
                }
            }
        }
        carries.forEach((output, name) -> {
            Node input = inputNodes.get(name);
            if (input != null
                    && input.shape().equals(output.shape())
                    && canReplace(output, input)
                    && !fusion.isReadAfter(output, input)) {
                places.put(output.number(), place(input));
            }
        });
        for (Node node : fusion.kept()) {
            places.computeIfAbsent(node.number(), _ -> arena.take(size(node.shape())));
        }
        for (Node node : fusion.arrays()) {
            if (!(node.op() instanceof Op.Input(_, _))) {
                if (batches != null) {
                    turn(batches, batches.phase(node) == MicroBatches.Phase.INSIDE);
                }
                double before = multiplyAdds;
                emit(node);
                if (!(node.op() instanceof Op.Constant(_))) {
                    int at = places.getOrDefault(node.number(), 0);
                    double flops = 2 * (multiplyAdds - before);
                    tell(Explained.of(node, fusion, layout, flops, at), node.shape());
                }
                addBordersAfter(node);
                Padded image = Convolutions.image(node, forced);
                if (image != null && !image.isBare()) {
                    borders.release(fusion.owner(node.input(0)), image);
                }
                for (Node read : fusion.reads(node)) {
                    if (inside && !read.shape().isBounded()) {
                        late.add(read); // the next micro-batch reads it, too
                    } else {
                        release(read, places.getOrDefault(node.number(), 0));
                    }
                }
            }
        }
        if (batches != null) {
            turn(batches, false);
        }
    }

    /// Begins or ends the steps of a micro-batch. Sums that grow have their places before anything
    /// that each micro-batch writes anew.
    private void turn(MicroBatches batches, boolean inside) {
        if (inside == this.inside) {
            return;
        }
        this.inside = inside;
        if (!inside) {
            around.add(
                    new Step.MicroBatches(
                            batches.rows(), tiles, List.copyOf(slices), List.copyOf(steps)));
            steps = around;
            late.forEach(read -> release(read, 0));
            return;
        }
        around = steps;
        steps = new ArrayList<>();
        for (Node node : fusion.arrays()) {
            if (batches.grows(node)) {
                places.computeIfAbsent(node.number(), _ -> arena.take(size(node.shape())));
            } else if (node.op() instanceof Op.Input(_, Shape shape) && shape.isBounded()) {
                int to = arena.take(size(shape));
                slices.add(new Step.Slice(place(node), to, shape.rowElements() * Lanes.LANES));
                places.put(node.number(), to);
                addBorders(node);
            }
        }
    }

    private void tell(Explained step, Shape shape) {
        explained.add(inside ? step.inMicroBatches(tiles, shape) : step);
    }

    /// Elements of an array of this shape: of samples, those that run at once.
    private int size(Shape shape) {
        int all = layout.size(shape);
        if (!shape.isBounded() || layout == Layout.MEMBER_LANES) {
            return all;
        }
        int most = Lanes.tiles(shape.size(0));
        return all / most * Math.min(most, tiles);
    }

    /// Whether sums over samples grow from tile to tile inside a chunk.
    boolean endsInChunks() {
        return inside && tiles < Lanes.CHUNK_TILES;
    }

    /// Scratch in which sums over samples grow: where they do from one micro-batch to the next,
    /// nothing else may stand there.
    int sums(int size) {
        if (endsInChunks()) {
            return arena.reserve(size);
        }
        int at = arena.take(size);
        arena.giveBack(at, size);
        return at;
    }

    /// The copies that the step of a node does not make itself.
    private void addBordersAfter(Node node) {
        if (!Fusion.isElementwise(node.op())) {
            addBorders(node);
        } else if (!forced.isOn(Choice.BORDERS_BY_CHAINS, true)) {
            for (Node made : fusion.inside(node).sequencedValues()) {
                if (fusion.isKept(made) || made.equals(node) && !chainSums.alone(node)) {
                    addBorders(made);
                }
            }
        }
    }

    /// Copies of an array with the borders in which convolutions read it.
    private void addBorders(Node array) {
        Shape shape = array.shape();
        for (Bordered copy : borders(array, new Operand(place(array), true))) {
            steps.add(new Step.Border(shape.rows(), shape.rowElements(), copy));
        }
    }

    /// The same for an array that a chain makes, block by block.
    List<Bordered> borders(Node array, Operand made) {
        List<Bordered> copies = borders.of(array, made);
        for (Bordered copy : copies) {
            tell(Explained.of(array, layout, copy), array.shape());
        }
        return copies;
    }

    /// The sum over samples of what a chain makes, taken block by block; null if there is none.
    @Nullable Summed summed(Node array, Operand made) {
        Node sum = chainSums.of(array);
        if (sum == null || !(sum.op() instanceof Op.Sum(List<Integer> axes))) {
            return null;
        }
        int y = places.computeIfAbsent(sum.number(), _ -> arena.take(size(sum.shape())));
        int lanes = sums(sum.shape().elements() * Lanes.LANES);
        return Reduction.summed(sum, axes, made, lanes, y);
    }

    Layout layout() {
        return layout;
    }

    Forced forced() {
        return forced;
    }

    List<Explained> explained() {
        return explained;
    }

    /// A reader less; the last one gives the array back, unless it stands in its place.
    private void release(Node node, int reader) {
        int left = readersLeft.merge(node.number(), -1, Integer::sum);
        Integer at = places.get(node.number());
        if (left == 0 && at != null && !(node.op() instanceof Op.Constant(_)) && at != reader) {
            arena.giveBack(at, size(node.shape()));
        }
    }

    /// Whether a node is the input of this name, under whatever shape.
    boolean isInput(Node node, String input) {
        return fusion.owner(node).op() instanceof Op.Input(String name, _) && name.equals(input);
    }

    /// Place of a node's array.
    int place(Node node) {
        return at(fusion.owner(node));
    }

    private int at(Node owner) {
        Integer at = places.get(owner.number());
        if (at == null) {
            throw new IllegalStateException("no array was planned for " + owner);
        }
        return at;
    }

    /// A node's images with this border.
    Images images(Node node, Padded image) {
        return borders.read(fusion.owner(node), place(node), image);
    }

    /// Place of a node's copy as rows of samples; 0 where it has none.
    int rows(Node node) {
        return layout == Layout.SAMPLE_LANES && !inside && forced.isOn(Choice.ROW_COPIES, true)
                ? rowCopies.read(fusion.owner(node))
                : 0;
    }

    RowCopies rowCopies() {
        return rowCopies;
    }

    void count(double more) {
        multiplyAdds += more;
    }

    int take(int size) {
        return arena.take(size);
    }

    void giveBack(int at, int size) {
        arena.giveBack(at, size);
    }

    /// Place of a block filled with a constant.
    int constant(double value) {
        return constants.computeIfAbsent(
                value,
                _ -> {
                    int at = arena.reserve(BLOCK);
                    fills.add(new Fill(value, at, BLOCK));
                    return at;
                });
    }

    /// A place for a node: that of an array which its chain is the last to read, or a new one.
    private int room(Node node) {
        for (Node read : fusion.reads(node)) {
            if (readersLeft.getOrDefault(read.number(), 0) == 1 && canReplace(node, read)) {
                return at(read);
            }
        }
        return arena.take(size(node.shape()));
    }

    /// The place for what a node's step makes.
    int made(Node node) {
        return places.computeIfAbsent(node.number(), _ -> room(node));
    }

    private boolean canReplace(Node result, Node array) {
        return forced.isOn(Choice.OVERWRITING, true) && fusion.canReplace(result, array);
    }

    private void emit(Node node) {
        if (node.op() instanceof Op.Constant(double value)) {
            places.put(node.number(), constant(value));
            return;
        }
        if (chainSums.take(node)) {
            return; // taken by the chain that made its input
        }
        if (node.op() instanceof Op.Repeat && places.containsKey(node.number())) {
            return; // made beside another result
        }
        if (chainSums.alone(node)) {
            steps.add(Chain.of(node, 0, this, fusion));
            return;
        }
        steps.add(Steps.of(node, made(node), this, fusion));
    }

    List<Step> steps() {
        return steps;
    }

    List<Fill> constants() {
        return fills;
    }

    SequencedMap<String, Program.Slot> inputs() {
        return inputs;
    }

    int arenaElements() {
        return arena.size() + Lanes.LANES;
    }

    double multiplyAdds() {
        return multiplyAdds;
    }
}
