package org.phasezoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// NaN, infinities, zeros of both signs, equal values and indices that name nothing: what the
/// definition gives, bit for bit, and what the ops promise.
class SpecialValuesTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] KINDS = {NAN, -INF, INF, -0.0, 0, 1e-40, -2.5, 1, 1, 90};

    /// Indices into 4 elements: five that name one (0, 0, 2, 3, 3), ten that do not.
    private static final double[] INDICES = {
        0, -0.0, 2, 3, 3, -1, -.5, .5, 2.5, 4, 1e10, -1e10, NAN, INF, -INF
    };

    private static final int[] NAMED = {0, 0, 2, 3, 3};
    private static final int ROWS = 17;

    /// What outputs are in double precision, after both precisions were seen to be as defined.
    private static SequencedMap<String, double[]> defined(
            SequencedMap<String, Node> outputs, TreeMap<String, double[]> inputs) {
        Bits.assertDefined(outputs, Program.of(outputs), ROWS, inputs);
        Interpreter definition = new Interpreter(Precision.FLOAT64, ROWS, inputs);
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        outputs.forEach((name, node) -> values.put(name, definition.value(node)));
        return values;
    }

    private static Shape shape(boolean samples, Integer... sizes) {
        return samples ? Shape.bounded("n", ROWS, sizes) : Shape.of(sizes);
    }

    /// These values once, or once for each sample.
    private static double[] repeated(boolean samples, double[] values) {
        double[] all = new double[samples ? ROWS * values.length : values.length];
        Arrays.setAll(all, i -> values[i % values.length]);
        return all;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void element_wise_ops_of_every_pair(boolean samples) {
        int n = KINDS.length;
        double[] a = new double[n * n];
        double[] b = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            a[i] = KINDS[i / n];
            b[i] = KINDS[i % n];
        }
        TreeMap<String, double[]> inputs = new TreeMap<>();
        inputs.put("a", repeated(samples, a));
        inputs.put("b", repeated(samples, b));
        Graph graph = new Graph();
        Node x = graph.input("a", shape(samples, n * n));
        Node y = graph.input("b", shape(samples, n * n));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("plus", x.plus(y));
        outputs.put("minus", x.minus(y));
        outputs.put("times", x.times(y));
        outputs.put("over", x.over(y));
        outputs.put("minimum", x.minimum(y));
        outputs.put("maximum", x.maximum(y));
        outputs.put("atMost", x.atMost(y));
        outputs.put("where", x.where(y));
        outputs.put("negated", x.negated());
        outputs.put("exp", x.exp());
        outputs.put("log", x.log());
        outputs.put("tanh", x.tanh());
        outputs.put("erf", x.erf());
        outputs.put("sqrt", x.sqrt());
        outputs.put("sin", x.sin());
        outputs.put("cos", x.cos());
        SequencedMap<String, double[]> values = defined(outputs, inputs);
        SequencedMap<String, double[]> promised = new LinkedHashMap<>();
        for (String name : List.of("minimum", "atMost", "where", "over")) {
            promised.put(name, new double[n * n]);
        }
        for (int i = 0; i < n * n; i++) {
            boolean unordered = Double.isNaN(a[i]) || Double.isNaN(b[i]);
            promised.get("minimum")[i] = unordered ? NAN : Math.min(a[i], b[i]);
            promised.get("atMost")[i] = !unordered && a[i] <= b[i] ? 1 : 0;
            promised.get("where")[i] = b[i] == 0 ? 0 : a[i];
            promised.get("over")[i] = a[i] / b[i];
        }
        promised.forEach((name, expected) ->
                assertThat(Arrays.copyOf(values.get(name), n * n)).as(name).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sorting_takes_ties_by_index_and_puts_NaN_last(boolean samples) {
        double[] values = {NAN, 1, -0.0, 0, -INF, NAN, INF, 1, -0.0};
        TreeMap<String, double[]> inputs = new TreeMap<>();
        inputs.put("x", repeated(samples, values));
        Node x = new Graph().input("x", shape(samples, values.length));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("order", x.graph().node(new Op.ArgSort(), x));
        outputs.put("sorted", x.sorted());
        assertThat(Arrays.copyOf(defined(outputs, inputs).get("order"), values.length))
                .containsExactly(4, 2, 3, 8, 1, 7, 6, 0, 5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void indices_along_an_axis_name_whole_numbers_in_range(boolean samples) {
        double[] sent = new double[INDICES.length];
        Arrays.setAll(sent, i -> 1 << i);
        TreeMap<String, double[]> inputs = new TreeMap<>();
        inputs.put("x", repeated(samples, new double[] {10, 11, 12, 13}));
        inputs.put("k", repeated(samples, INDICES));
        inputs.put("sent", repeated(samples, sent));
        Graph graph = new Graph();
        Node k = graph.input("k", shape(samples, INDICES.length));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put(
                "taken", graph.node(new Op.TakeAlong(), graph.input("x", shape(samples, 4)), k));
        outputs.put("put", graph.node(new Op.PutAlong(4), graph.input("sent", k.shape()), k));
        SequencedMap<String, double[]> values = defined(outputs, inputs);
        double[] taken = new double[INDICES.length];
        Arrays.setAll(taken, i -> i < NAMED.length ? 10 + NAMED[i] : 0);
        assertThat(Arrays.copyOf(values.get("taken"), taken.length)).isEqualTo(taken);
        assertThat(Arrays.copyOf(values.get("put"), 4)).containsExactly(1 + 2, 0, 4, 8 + 16);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void indices_of_rows_name_whole_numbers_in_range(boolean samples) {
        double[] sent = new double[INDICES.length * 2];
        Arrays.setAll(sent, i -> 1 << i);
        TreeMap<String, double[]> inputs = new TreeMap<>();
        inputs.put("table", new double[] {10, 20, 11, 21, 12, 22, 13, 23});
        inputs.put("k", repeated(samples, INDICES));
        inputs.put("sent", repeated(samples, sent));
        Graph graph = new Graph();
        Node k = graph.input("k", shape(samples, INDICES.length));
        Node rows = graph.input("sent", shape(samples, INDICES.length, 2));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("gathered", graph.input("table", Shape.of(4, 2)).gather(k));
        outputs.put("summed", rows.segmentSum(k, Shape.of(4, 2)));
        SequencedMap<String, double[]> values = defined(outputs, inputs);
        double[] gathered = new double[INDICES.length * 2];
        Arrays.setAll(gathered, i -> i / 2 < NAMED.length ? 10 * (1 + i % 2) + NAMED[i / 2] : 0);
        assertThat(Arrays.copyOf(values.get("gathered"), gathered.length)).isEqualTo(gathered);
        double[] summed = new double[8];
        for (int i = 0; i < 2 * NAMED.length; i++) {
            summed[NAMED[i / 2] * 2 + i % 2] += (samples ? ROWS : 1) * sent[i];
        }
        assertThat(values.get("summed")).isEqualTo(summed);
    }

    /// Rows of a bounded table: those beyond the count are not there, whatever stands in them.
    @Test
    void indices_beyond_the_count_of_a_bounded_table_name_nothing() {
        TreeMap<String, double[]> inputs = new TreeMap<>();
        double[] table = new double[40];
        Arrays.setAll(table, i -> 100 + i);
        inputs.put("table", table);
        inputs.put("k", new double[] {0, ROWS - 1, ROWS, 39});
        Graph graph = new Graph();
        Node k = graph.input("k", Shape.of(4));
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        outputs.put("gathered", graph.input("table", Shape.bounded("n", 40, 1)).gather(k));
        assertThat(defined(outputs, inputs).get("gathered"))
                .containsExactly(100, 100 + ROWS - 1, 0, 0);
    }
}
