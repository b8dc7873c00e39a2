package org.phasezoo.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.phasezoo.graph.Elements;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.ErrorFunction;
import org.phasezoo.kernel.ScalarTranscendental;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;

/// The slow definition of every op: plain loops over row-major arrays in the order that the op's
/// law states, for one count. The engine must equal it bit for bit.
final class Interpreter {
    /// Rows that came before, of every draw.
    static final int DRAWS_FROM = 5;

    private final Precision precision;
    private final boolean single;
    private final Arithmetic reals;
    private final int count;
    private final Map<String, double[]> inputs;
    private final TreeMap<Integer, double[]> known = new TreeMap<>();

    Interpreter(Precision precision, int count, Map<String, double[]> inputs) {
        this.precision = precision;
        this.single = precision == Precision.FLOAT32;
        this.reals = new Arithmetic(single);
        this.count = count;
        this.inputs = inputs;
    }

    private double round(double x) {
        return reals.round(x);
    }

    private int[] sizes(Shape shape) {
        int[] sizes = shape.sizes().stream().mapToInt(i -> i).toArray();
        if (shape.isBounded()) {
            sizes[0] = count;
        }
        return sizes;
    }

    private RowMajor array(Node node) {
        return new RowMajor(sizes(node.shape()), value(node));
    }

    double[] value(Node node) {
        double[] value = known.get(node.number());
        if (value == null) {
            value = compute(node);
            known.put(node.number(), value);
        }
        return value;
    }

    private double[] compute(Node node) {
        List<Node> in = node.inputs();
        return switch (node.op()) {
            case Op.Input(String name, _) ->
                    Arrays.stream(inputs.get(name))
                            .limit(RowMajor.product(sizes(node.shape())))
                            .map(this::round)
                            .toArray();
            case Op.Constant(double c) -> new double[] {round(c)};
            case Op.Count(_) -> new double[] {count};
            case Op.Negate() -> unary(in, x -> -x);
            case Op.Exp() ->
                    unary(in, single ? x -> ScalarTranscendental.exp((float) x) : StrictMath::exp);
            case Op.Log() ->
                    unary(in, single ? x -> ScalarTranscendental.log((float) x) : StrictMath::log);
            case Op.Tanh() ->
                    unary(
                            in,
                            single ? x -> ScalarTranscendental.tanh((float) x) : StrictMath::tanh);
            case Op.Erf() ->
                    unary(
                            in,
                            single ? x -> ScalarTranscendental.erf((float) x) : ErrorFunction::erf);
            case Op.Sqrt() -> unary(in, Math::sqrt);
            case Op.Relu(double slope) ->
                    unary(
                            in,
                            x ->
                                    round(slope) == 0
                                            ? Math.max(x, 0.0)
                                            : x > 0 ? x : round(slope) * x);
            case Op.ReluSlope(double slope) -> unary(in, x -> x > 0 ? 1 : round(slope));
            case Op.StopGradient(), Op.Reshape(_) -> value(in.get(0));
            case Op.Add() -> binary(in, (a, b) -> a + b);
            case Op.Subtract() -> binary(in, (a, b) -> a - b);
            case Op.Multiply() -> binary(in, (a, b) -> a * b);
            case Op.Divide() -> binary(in, (a, b) -> a / b);
            case Op.Minimum() -> binary(in, Math::min);
            case Op.AtMost() -> binary(in, (a, b) -> a <= b ? 1 : 0);
            case Op.Broadcast(Shape target, List<Integer> axes) ->
                    broadcast(in.get(0), target, axes);
            case Op.Sum(List<Integer> axes) ->
                    DefinedSums.over(reals, array(in.get(0)), in.get(0).shape().isBounded(), axes);
            case Op.FirstMax() -> DefinedSums.firstMax(array(in.get(0)));
            case Op.Contract(boolean left, boolean right) ->
                    DefinedSums.contract(
                            reals,
                            array(in.get(0)),
                            left,
                            array(in.get(1)),
                            right,
                            in.get(0).shape().isBounded());
            case Op.Convolve(int padding, int stride) ->
                    new DefinedConvolutions(reals, padding, stride)
                            .forward(array(in.get(0)), array(in.get(1)), sizes(node.shape()));
            case Op.ConvolveInput(int padding, int stride, _, _) ->
                    new DefinedConvolutions(reals, padding, stride)
                            .input(array(in.get(0)), array(in.get(1)), sizes(node.shape()));
            case Op.ConvolveWeights(int padding, int stride, _, _) ->
                    new DefinedConvolutions(reals, padding, stride)
                            .weights(array(in.get(0)), array(in.get(1)), sizes(node.shape()));
            case Op.AveragePool(int size) ->
                    DefinedPooling.pool(reals, array(in.get(0)), size, sizes(node.shape()));
            case Op.Spread(int size) ->
                    DefinedPooling.spread(reals, array(in.get(0)), size, sizes(node.shape()));
            case Op.Sin() ->
                    unary(in, single ? x -> ScalarTranscendental.sin((float) x) : StrictMath::sin);
            case Op.Cos() ->
                    unary(in, single ? x -> ScalarTranscendental.cos((float) x) : StrictMath::cos);
            case Op.Where() -> binary(in, (a, b) -> b != 0 ? a : 0);
            case Op.WithAdjoint(_) -> value(in.getLast());
            case Op.Iota(Shape shape, int axis) -> {
                int[] sizes = sizes(shape);
                double[] y = new double[RowMajor.product(sizes)];
                for (int i = 0; i < y.length; i++) {
                    y[i] = RowMajor.index(i, sizes)[axis];
                }
                yield y;
            }
            case Op.Draw(String name, Op.Distribution distribution, Shape shape) -> {
                Draws draws = new Draws(Key.of(name));
                double[] y = new double[RowMajor.product(sizes(shape))];
                for (int i = 0; i < y.length; i++) {
                    long at = DRAWS_FROM * (long) shape.rowElements() + i;
                    y[i] =
                            round(
                                    switch (distribution) {
                                        case UNIFORM -> draws.uniform(at);
                                        case NORMAL -> draws.normal(at);
                                        case SIGN -> draws.sign(at);
                                    });
                }
                yield y;
            }
            case Op.Take(Shape shape, Elements from) -> {
                double[] x = value(in.get(0));
                int size = in.get(0).shape().rowElements();
                double[] y = new double[RowMajor.product(sizes(shape))];
                for (int i = 0; i < y.length; i++) {
                    int e = from.get(i % from.size());
                    y[i] = e < 0 ? 0 : x[i / from.size() * size + e];
                }
                yield y;
            }
            case Op.Put(Shape shape, Elements to) -> {
                double[] x = value(in.get(0));
                double[] y = new double[RowMajor.product(sizes(shape))];
                for (int i = 0; i < x.length; i++) {
                    int e = to.get(i % to.size());
                    if (e >= 0) {
                        int at = i / to.size() * shape.rowElements() + e;
                        y[at] = round(y[at] + x[i]);
                    }
                }
                yield y;
            }
            case Op.Gather() -> {
                double[] x = value(in.get(0));
                double[] k = value(in.get(1));
                double[] y = new double[RowMajor.product(sizes(node.shape()))];
                int inner = y.length / k.length;
                for (int i = 0; i < y.length; i++) {
                    double row = k[i / inner];
                    y[i] = names(row, x.length / inner) ? x[(int) row * inner + i % inner] : 0;
                }
                yield y;
            }
            case Op.SegmentSum(Shape shape) -> {
                double[] x = value(in.get(0));
                double[] k = value(in.get(1));
                double[] y = new double[RowMajor.product(sizes(shape))];
                int inner = x.length / k.length;
                for (int i = 0; i < x.length; i++) {
                    double row = k[i / inner];
                    if (names(row, y.length / inner)) {
                        int at = (int) row * inner + i % inner;
                        y[at] = round(y[at] + x[i]);
                    }
                }
                yield y;
            }
            case Op.TakeAlong() -> {
                double[] x = value(in.get(0));
                double[] k = value(in.get(1));
                int n = last(in.get(0).shape());
                int count = last(node.shape());
                double[] y = new double[k.length];
                for (int i = 0; i < y.length; i++) {
                    y[i] = names(k[i], n) ? x[i / count * n + (int) k[i]] : 0;
                }
                yield y;
            }
            case Op.PutAlong(int n) -> {
                double[] x = value(in.get(0));
                double[] k = value(in.get(1));
                int count = last(in.get(0).shape());
                double[] y = new double[RowMajor.product(sizes(node.shape()))];
                for (int i = 0; i < x.length; i++) {
                    if (names(k[i], n)) {
                        int at = i / count * n + (int) k[i];
                        y[at] = round(y[at] + x[i]);
                    }
                }
                yield y;
            }
            case Op.ArgSort() -> {
                double[] x = value(in.get(0));
                int n = last(node.shape());
                double[] y = new double[x.length];
                for (int i = 0; i < x.length; i += n) {
                    int from = i;
                    List<Integer> order =
                            IntStream.range(0, n)
                                    .boxed()
                                    .sorted(
                                            Comparator.comparingDouble(
                                                    j -> x[from + j] == 0 ? 0.0 : x[from + j]))
                                    .toList();
                    for (int j = 0; j < n; j++) {
                        y[i + j] = order.get(j);
                    }
                }
                yield y;
            }
            case Op.CumulativeSum(boolean reversed) -> {
                double[] y = value(in.get(0)).clone();
                int n = last(node.shape());
                for (int i = 0; i < y.length; i += n) {
                    for (int j = 1; j < n; j++) {
                        int at = reversed ? i + n - 1 - j : i + j;
                        y[at] = round(y[at] + y[reversed ? at + 1 : at - 1]);
                    }
                }
                yield y;
            }
            case Op.Cholesky() -> cholesky(value(in.get(0)), last(node.shape()));
            case Op.SolveTriangular(boolean transposed) ->
                    substitute(
                            value(in.get(0)),
                            last(in.get(0).shape()),
                            transposed,
                            value(in.get(1)),
                            last(node.shape()));
            case Op.EigenSymmetric() -> {
                double[] a = value(in.get(0));
                int n = last(node.shape());
                double[] y = new double[RowMajor.product(sizes(node.shape()))];
                for (int i = 0; i < a.length / (n * n); i++) {
                    double[] one = new double[(n + 1) * n];
                    SymmetricEigen.ordered(
                            Arrays.copyOfRange(a, i * n * n, (i + 1) * n * n), n, one);
                    for (int j = 0; j < one.length; j++) {
                        y[i * one.length + j] = round(one[j]);
                    }
                }
                yield y;
            }
            case Op.Repeat repeat ->
                    DefinedRepeat.of(
                            repeat,
                            in,
                            this::value,
                            given -> new Interpreter(precision, count, given),
                            count);
        };
    }

    private static int last(Shape shape) {
        return shape.size(shape.rank() - 1);
    }

    private static boolean names(double index, int size) {
        return index >= 0 && index < size && index == Math.floor(index);
    }

    private double[] cholesky(double[] a, int n) {
        double[] l = new double[a.length];
        for (int at = 0; at < a.length; at += n * n) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = a[at + i * n + j];
                    for (int k = 0; k < j; k++) {
                        sum -= l[at + i * n + k] * l[at + j * n + k];
                    }
                    l[at + i * n + j] = i == j ? Math.sqrt(sum) : sum / l[at + j * n + j];
                }
            }
        }
        return Arrays.stream(l).map(this::round).toArray();
    }

    private double[] substitute(double[] l, int n, boolean transposed, double[] b, int columns) {
        double[] x = b.clone();
        for (int at = 0; at < l.length / (n * n); at++) {
            double[][] m = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double entry = l[at * n * n + i * n + j];
                    m[transposed ? j : i][transposed ? i : j] = entry;
                }
            }
            for (int step = 0; step < n; step++) {
                int i = transposed ? n - 1 - step : step;
                for (int c = 0; c < columns; c++) {
                    int to = (at * n + i) * columns + c;
                    for (int k = transposed ? i + 1 : 0; k < (transposed ? n : i); k++) {
                        x[to] -= m[i][k] * x[(at * n + k) * columns + c];
                    }
                    x[to] /= m[i][i];
                }
            }
        }
        return Arrays.stream(x).map(this::round).toArray();
    }

    private interface Unary {
        double of(double x);
    }

    private interface Binary {
        double of(double a, double b);
    }

    private double[] unary(List<Node> in, Unary f) {
        return Arrays.stream(value(in.get(0))).map(x -> round(f.of(x))).toArray();
    }

    private double[] binary(List<Node> in, Binary f) {
        double[] a = value(in.get(0));
        double[] b = value(in.get(1));
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = round(f.of(a[i], b[i]));
        }
        return y;
    }

    private double[] broadcast(Node from, Shape target, List<Integer> axes) {
        int[] sizes = sizes(target);
        int[] source = sizes(from.shape());
        double[] x = value(from);
        double[] y = new double[RowMajor.product(sizes)];
        for (int i = 0; i < y.length; i++) {
            int[] index = RowMajor.index(i, sizes);
            int at = 0;
            for (int a = 0; a < source.length; a++) {
                at = at * source[a] + index[axes.get(a)];
            }
            y[i] = x[at];
        }
        return y;
    }
}
