package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// Whatever choices of a plan are forced, alone or together, its bits are those of the definition.
class ForcedPlansTest {
    private static final int CAPACITY = 70;
    private static final Shape ONE = Shape.bounded("n", 128, 1);

    private static Forced force(Choice choice, boolean on) {
        TreeMap<Choice, Boolean> choices = new TreeMap<>();
        choices.put(choice, on);
        return new Forced(choices);
    }

    /// Each choice off and each on, by itself.
    static List<Forced> single() {
        return Stream.of(Choice.values())
                .flatMap(choice -> Stream.of(force(choice, false), force(choice, true)))
                .toList();
    }

    /// All choices off, all on, and each by chance off, on or the plan's own.
    static List<Forced> mixed(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Choice, Boolean> off = new TreeMap<>();
        TreeMap<Choice, Boolean> on = new TreeMap<>();
        TreeMap<Choice, Boolean> some = new TreeMap<>();
        for (Choice choice : Choice.values()) {
            off.put(choice, false);
            on.put(choice, true);
            if (random.nextInt(3) > 0) {
                some.put(choice, random.nextBoolean());
            }
        }
        return List.of(new Forced(off), new Forced(on), new Forced(some));
    }

    static List<Forced> plans(int mixtures) {
        List<Forced> plans = new ArrayList<>(single());
        plans.addAll(mixed(0));
        for (int seed = 1; seed < mixtures; seed++) {
            plans.add(mixed(seed).getLast());
        }
        return plans;
    }

    /// Two runs by each plan give what the definition gives.
    static void assertDefined(
            SequencedMap<String, Node> outputs, List<Forced> plans, int... counts) {
        TreeMap<String, double[]> inputs = EngineTest.draws(outputs, 11);
        List<Program> programs =
                plans.stream().map(f -> Program.of(outputs, new LinkedHashMap<>(), f)).toList();
        for (Precision precision : Precision.values()) {
            for (int count : counts) {
                Interpreter definition = new Interpreter(precision, count, inputs);
                for (int i = 0; i < plans.size(); i++) {
                    Workspace work = EngineTest.set(programs.get(i), precision, count, inputs);
                    work.run();
                    work.run();
                    EngineTest.assertDefined(
                            plans.get(i).choices().toString(),
                            work,
                            outputs,
                            precision,
                            count,
                            definition);
                }
            }
        }
    }

    static Stream<Arguments> nets() {
        IntFunction<Nets> plain = capacity -> Nets.convolutional("gelu", capacity, false);
        IntFunction<Nets> norm = capacity -> Nets.convolutional("leaky", capacity, true);
        IntFunction<Nets> perceptron = capacity -> Nets.perceptron("tanh", capacity);
        IntFunction<Nets> attention = Nets::attention;
        IntFunction<Nets> residual = Nets::residual;
        return Stream.of(
                Arguments.of("convolutional", plain),
                Arguments.of("batch norm", norm),
                Arguments.of("perceptron", perceptron),
                Arguments.of("attention", attention),
                Arguments.of("residual", residual));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void loss_gradient_and_hessian_vector_product_equal_the_definition_bit_for_bit(
            String name, IntFunction<Nets> net) {
        assertDefined(EngineTest.outputs(net.apply(CAPACITY)), plans(8), 3, 33, 66);
    }

    @Test
    void members_in_the_lanes_equal_the_definition_bit_for_bit() {
        int count = 66;
        int member = 5;
        SequencedMap<String, Node> outputs = EngineTest.outputs(Nets.perceptron("gelu", CAPACITY));
        List<TreeMap<String, double[]>> inputs = new ArrayList<>();
        for (int i = 0; i < MemberWorkspace.MEMBERS; i++) {
            inputs.add(EngineTest.draws(outputs, i));
        }
        for (Precision precision : Precision.values()) {
            Interpreter definition = new Interpreter(precision, count, inputs.get(member));
            for (Forced forced : plans(8)) {
                MemberWorkspace work =
                        Program.members(outputs, new LinkedHashMap<>(), precision, forced);
                work.count("n", count);
                for (int i = 0; i < MemberWorkspace.MEMBERS; i++) {
                    int to = i;
                    inputs.get(i).forEach((input, values) -> work.set(to, input, values));
                }
                work.run();
                work.run();
                outputs.forEach((name, node) -> {
                    double[] expected = definition.value(node);
                    double[] found = new double[expected.length];
                    work.get(member, name, found, 0);
                    assertThat(found)
                            .as("%s %s %s", name, precision, forced.choices())
                            .isEqualTo(expected);
                });
            }
        }
    }

    /// Strides, kernels that are not square, images of few pixels, of odd and of even planes, with
    /// and without border.
    @ParameterizedTest
    @CsvSource({
        "8,8,3,3,1,2",
        "9,7,5,3,2,3",
        "6,6,2,2,0,2",
        "4,4,1,1,0,1",
        "3,5,3,3,0,1",
        "4,4,3,3,1,1",
        "1,1,3,3,1,1",
        "1,2,1,1,0,1"
    })
    void convolutions_and_their_adjoints_equal_the_definition_bit_for_bit(
            int h, int w, int kh, int kw, int p, int s) {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", CAPACITY, 3, h, w));
        Node k = g.input("k", Shape.of(5, 3, kh, kw));
        Node image = x.tanh();
        Node y = image.convolve(k, p, s);
        Node a = g.input("a", y.shape());
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("image", image);
        outputs.put("forward", y);
        outputs.put("input", g.node(new Op.ConvolveInput(p, s, h, w), a, k));
        outputs.put("weights", g.node(new Op.ConvolveWeights(p, s, kh, kw), image, a));
        assertDefined(outputs, plans(8), 5, 66);
    }

    /// A program in which every choice is met, those that depend on sizes from both sides.
    private static SequencedMap<String, Node> everything() {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node large = g.input("large", Shape.bounded("n", CAPACITY, 48, 16, 16)).relu(.1);
        Node top = large.convolve(g.input("k", Shape.of(1, 48, 3, 3)), 1);
        outputs.put("top", top);
        outputs.put("weights", g.node(new Op.ConvolveWeights(1, 1, 3, 3), large, top));
        Node few = g.input("few", Shape.bounded("n", CAPACITY, 32, 4, 4)).tanh();
        Node wide = few.convolve(g.input("wide", Shape.of(32, 32, 1, 1)), 0);
        outputs.put("wide", wide);
        Node narrow = few.convolve(g.input("narrow", Shape.of(2, 32, 1, 1)), 0);
        Node next = narrow.exp().convolve(g.input("l", Shape.of(2, 2, 3, 3)), 1);
        outputs.put("next", next);
        outputs.put("corner", g.node(new Op.ConvolveWeights(1, 1, 3, 3), narrow.exp(), next));
        Node medium = g.input("medium", Shape.bounded("n", CAPACITY, 1, 8, 8));
        outputs.put("each", g.node(new Op.ConvolveWeights(1, 1, 3, 3), medium, medium.tanh()));
        outputs.put("many", wide.times(wide).sum(0));
        outputs.put("channels", next.times(next).sum(0, 2, 3));
        Node rows = g.input("rows", Shape.bounded("n", CAPACITY, 3));
        Node moved = rows.minus(g.input("b", Shape.of(3)).broadcast(rows.shape(), 1).times(.25));
        outputs.put("product", moved.exp().contract(true, rows, false));
        return outputs;
    }

    @Test
    void a_program_of_every_choice_equals_the_definition_bit_for_bit() {
        assertDefined(everything(), plans(8), 33);
    }

    /// A program that may run micro-batch by micro-batch: every kind of sum over samples, of what
    /// chains, sums and convolutions make, with and without border, behind fixed arrays that are
    /// made before and in front of ones that are made after. `chunks`: with a product, too.
    private static SequencedMap<String, Node> sums(boolean chunks) {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node half = g.input("k", Shape.of(32, 16, 3, 3)).times(.5);
        Node image = g.input("image", Shape.bounded("n", CAPACITY, 16, 6, 6));
        Node y = image.convolve(half, 1);
        Node z = y.relu(.1);
        Node back = g.node(new Op.ConvolveInput(1, 1, 6, 6), z, half);
        outputs.put("weights", g.node(new Op.ConvolveWeights(1, 1, 3, 3), image, z).times(3));
        outputs.put("other", g.node(new Op.ConvolveWeights(1, 1, 3, 3), back.tanh(), y));
        outputs.put("many", z.times(y).sum(0));
        outputs.put("channels", back.times(back).sum(0, 2, 3).plus(g.input("b", Shape.of(16))));
        Node each = back.exp().sum(1, 2, 3);
        outputs.put("mean", each.sum(0).over(g.node(new Op.Count("n"))));
        Node rows = g.input("rows", Shape.bounded("n", CAPACITY, 3));
        Node moved = rows.minus(g.input("c", Shape.of(3)).broadcast(rows.shape(), 1).tanh());
        outputs.put("moved", moved.sum(0, 1));
        if (chunks) {
            outputs.put("product", moved.exp().contract(true, rows, false));
        }
        return outputs;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sums_that_grow_equal_the_definition_bit_for_bit(boolean chunks) {
        List<Forced> plans = new ArrayList<>(plans(8));
        for (int seed = 1; seed < 8; seed++) {
            TreeMap<Choice, Boolean> some = new TreeMap<>(mixed(seed).getLast().choices());
            some.put(Choice.MICRO_BATCHES, true);
            plans.add(new Forced(some));
        }
        assertDefined(sums(chunks), plans, 1, 16, 33, 64, 70);
    }

    private static List<Integer> tiles(SequencedMap<String, Node> outputs, Forced forced) {
        return steps(Program.of(outputs, new LinkedHashMap<>(), forced), Step.MicroBatches.class)
                .stream()
                .map(Step.MicroBatches::tiles)
                .toList();
    }

    @Test
    void micro_batches_are_of_one_tile_or_where_a_product_needs_them_of_a_chunk() {
        Forced on = force(Choice.MICRO_BATCHES, true);
        assertThat(tiles(sums(false), Forced.NOTHING)).isEmpty();
        assertThat(tiles(sums(false), on)).containsExactly(1);
        assertThat(tiles(sums(true), on)).containsExactly(4);
    }

    @Test
    void a_program_whose_arena_would_be_large_runs_in_micro_batches_and_takes_less_memory() {
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        Node x = new Graph().input("x", Shape.bounded("n", 2048, 1000));
        outputs.put("sum", x.exp().sum(1).tanh().sum(0));
        assertThat(tiles(outputs, Forced.NOTHING)).containsExactly(4);
        assertThat(tiles(outputs, force(Choice.MICRO_BATCHES, false))).isEmpty();
        Program program = Program.of(outputs, new LinkedHashMap<>());
        assertThat(program.arenaElements()).isBetween(2_048_000, 2_200_000);
        assertThat(program.explained())
                .extracting(Explained::kernel)
                .contains("64 samples at a time: Exp");
    }

    /// With a tile at a time where a chunk would still be much; at once where a dense layer is
    /// large.
    @Test
    void micro_batches_are_small_enough_and_spare_large_products() {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", 128, 40000));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("sum", x.exp().sum(1).tanh().sum(0));
        assertThat(tiles(outputs, Forced.NOTHING)).containsExactly(1);
        outputs.put("product", x.contract(true, x.sum(1).reshape(ONE), false));
        assertThat(tiles(outputs, Forced.NOTHING)).isEmpty();
        assertThat(tiles(outputs, force(Choice.MICRO_BATCHES, true))).containsExactly(4);
    }

    /// Outputs of samples, sums that samples read, two bounded axes, draws.
    @Test
    void all_samples_run_at_once_where_micro_batches_are_impossible() {
        Graph g = new Graph();
        Node x = g.input("x", Shape.bounded("n", CAPACITY, 2));
        Node mean = x.sum(0).broadcast(x.shape(), 1);
        Node other = g.input("other", Shape.bounded("m", CAPACITY, 2)).sum(0);
        Node draw = g.node(new Op.Draw("draw", Op.Distribution.NORMAL, x.shape()));
        for (Node output :
                List.of(
                        x.exp(),
                        x.minus(mean).exp().sum(0),
                        x.sum(0).plus(other),
                        x.plus(draw).sum(0))) {
            SequencedMap<String, Node> outputs = new LinkedHashMap<>();
            outputs.put("y", output);
            assertThat(tiles(outputs, force(Choice.MICRO_BATCHES, true))).isEmpty();
        }
    }

    /// What a choice shows in: on, there is less of it.
    private static int shown(Choice choice, Program program) {
        return switch (choice) {
            case CHAINS, REPEATS, SUMS -> program.plan().steps().size();
            case PAIRS -> kernels(program).size();
            case FACTORS -> (int) kernels(program).stream().filter(u -> u.constant() == 0).count();
            case SHARED_BORDERS ->
                    (int) images(program).stream().filter(Images::areTileByTile).count();
            case BORDERS_BY_CHAINS -> steps(program, Step.Border.class).size();
            case ODD_PLANES -> -images(program).stream().mapToInt(i -> i.padded().size()).sum();
            case COLUMNS ->
                    -steps(program, Step.Convolve.class).stream()
                            .mapToInt(s -> s.column().length)
                            .sum();
            case TILES_TOGETHER ->
                    -steps(program, Step.ConvolveWeights.class).stream()
                            .mapToInt(s -> s.windows().windows().length)
                            .sum();
            case ROW_COPIES ->
                    -steps(program, Step.ContractOverSamples.class).stream()
                            .mapToInt(Step.ContractOverSamples::bRows)
                            .sum();
            case REUSE, MICRO_BATCHES -> program.arenaElements();
            case OVERWRITING ->
                    -(int)
                            steps(program, Step.Elementwise.class).stream()
                                    .filter(ForcedPlansTest::writesOver)
                                    .count();
        };
    }

    /// Whether the last kernel of a chain writes where the chain reads.
    private static boolean writesOver(Step.Elementwise s) {
        return s.blocks().stream()
                .anyMatch(u -> u.a().equals(s.blocks().getLast().y()) && u.a().moves());
    }

    private static <T extends Step> List<T> steps(Program program, Class<T> kind) {
        return Step.all(program.plan().steps()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static List<Micro> kernels(Program program) {
        return steps(program, Step.Elementwise.class).stream()
                .flatMap(s -> s.blocks().stream())
                .toList();
    }

    private static List<Images> images(Program program) {
        return Stream.concat(
                        steps(program, Step.Convolve.class).stream().map(Step.Convolve::images),
                        steps(program, Step.ConvolveWeights.class).stream()
                                .map(Step.ConvolveWeights::images))
                .toList();
    }

    /// By itself a plan takes each choice; those that depend on sizes it takes in one place of this
    /// program and not in another.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MICRO_BATCHES")
    void a_forced_choice_changes_the_plan(Choice choice) {
        SequencedMap<String, Node> outputs = everything();
        SequencedMap<String, String> none = new LinkedHashMap<>();
        int itself = shown(choice, Program.of(outputs, none));
        int off = shown(choice, Program.of(outputs, none, force(choice, false)));
        int on = shown(choice, Program.of(outputs, none, force(choice, true)));
        assertThat(itself).isLessThan(off);
        switch (choice) {
            case SUMS, SHARED_BORDERS, ODD_PLANES, COLUMNS, TILES_TOGETHER, MICRO_BATCHES ->
                    assertThat(on).isLessThan(itself);
            case CHAINS,
                    REPEATS,
                    PAIRS,
                    FACTORS,
                    BORDERS_BY_CHAINS,
                    ROW_COPIES,
                    REUSE,
                    OVERWRITING ->
                    assertThat(on).isEqualTo(itself);
        }
    }

    @Test
    void every_kernel_writes_a_place_of_its_own_without_reuse_and_overwriting() {
        TreeMap<Choice, Boolean> choices = new TreeMap<>();
        choices.put(Choice.REUSE, false);
        choices.put(Choice.OVERWRITING, false);
        SequencedMap<String, Node> outputs = EngineTest.outputs(Nets.residual(CAPACITY));
        Program program = Program.of(outputs, new LinkedHashMap<>(), new Forced(choices));
        assertThat(kernels(program)).extracting(Micro::y).doesNotHaveDuplicates();
    }

    @Test
    void an_output_stands_in_the_input_that_it_becomes_unless_overwriting_is_off() {
        Graph g = new Graph();
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("next", g.input("x", Shape.of(5)).times(.5));
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        carries.put("next", "x");
        assertThat(Program.of(outputs, carries).carries()).isEmpty();
        assertThat(Program.of(outputs, carries, force(Choice.OVERWRITING, false)).carries())
                .hasSize(1);
    }

    /// A momentum and what it moves, though products that are made anew read the one and the other.
    @Test
    void updates_stand_in_the_inputs_that_they_become() {
        Graph g = new Graph();
        Node velocity = g.input("v", Shape.of(5));
        Node weight = g.input("w", Shape.of(5));
        Node next = velocity.times(.9).plus(g.input("g", Shape.of(5)));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("velocity", next);
        outputs.put("weight", weight.times(.99).minus(next.times(.1)));
        SequencedMap<String, String> carries = new LinkedHashMap<>();
        carries.put("velocity", "v");
        carries.put("weight", "w");
        assertThat(Program.of(outputs, carries).carries()).isEmpty();
    }
}
