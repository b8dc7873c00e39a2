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

    private final boolean single;
    private final int count;
    private final Map<String, double[]> inputs;
    private final TreeMap<Integer, double[]> known = new TreeMap<>();

    Interpreter(Precision precision, int count, Map<String, double[]> inputs) {
        this.single = precision == Precision.FLOAT32;
        this.count = count;
        this.inputs = inputs;
    }

    private double round(double x) {
        return single ? (float) x : x;
    }

    private double fma(double a, double b, double c) {
        return single ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    private int[] sizes(Shape shape) {
        int[] sizes = shape.sizes().stream().mapToInt(i -> i).toArray();
        if (shape.isBounded()) {
            sizes[0] = count;
        }
        return sizes;
    }

    private static int product(int[] sizes) {
        return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
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
                            .limit(product(sizes(node.shape())))
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
                    unary(in, x -> slope == 0 ? Math.max(x, 0.0) : x > 0 ? x : round(slope) * x);
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
            case Op.Sum(List<Integer> axes) -> sum(in.get(0), axes);
            case Op.FirstMax() -> firstMax(in.get(0));
            case Op.Contract(boolean left, boolean right) -> contract(node, left, right);
            case Op.Convolve(int padding, int stride) -> convolve(node, padding, stride);
            case Op.ConvolveInput(int padding, int stride, _, _) ->
                    convolveInput(node, padding, stride);
            case Op.ConvolveWeights(int padding, int stride, int kh, int kw) ->
                    convolveWeights(node, padding, stride, kh, kw);
            case Op.AveragePool(int size) -> pool(in.get(0), size);
            case Op.Spread(int size) -> spread(in.get(0), size);
            case Op.Sin() ->
                    unary(in, single ? x -> ScalarTranscendental.sin((float) x) : StrictMath::sin);
            case Op.Cos() ->
                    unary(in, single ? x -> ScalarTranscendental.cos((float) x) : StrictMath::cos);
            case Op.Where() -> binary(in, (a, b) -> b != 0 ? a : 0);
            case Op.WithAdjoint(_) -> value(in.getLast());
            case Op.Iota(Shape shape, int axis) -> {
                int[] sizes = sizes(shape);
                double[] y = new double[product(sizes)];
                for (int i = 0; i < y.length; i++) {
                    y[i] = index(i, sizes)[axis];
                }
                yield y;
            }
            case Op.Draw(String name, Op.Distribution distribution, Shape shape) -> {
                Draws draws = new Draws(Key.of(name));
                double[] y = new double[product(sizes(shape))];
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
                double[] y = new double[product(sizes(shape))];
                for (int i = 0; i < y.length; i++) {
                    int e = from.get(i % from.size());
                    y[i] = e < 0 ? 0 : x[i / from.size() * size + e];
                }
                yield y;
            }
            case Op.Put(Shape shape, Elements to) -> {
                double[] x = value(in.get(0));
                double[] y = new double[product(sizes(shape))];
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
                double[] y = new double[product(sizes(node.shape()))];
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
                double[] y = new double[product(sizes(shape))];
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
                double[] y = new double[product(sizes(node.shape()))];
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
                double[] y = new double[product(sizes(node.shape()))];
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
        double[] y = new double[product(sizes)];
        for (int i = 0; i < y.length; i++) {
            int[] index = index(i, sizes);
            int at = 0;
            for (int a = 0; a < source.length; a++) {
                at = at * source[a] + index[axes.get(a)];
            }
            y[i] = x[at];
        }
        return y;
    }

    private static int[] index(int element, int[] sizes) {
        int[] index = new int[sizes.length];
        for (int a = sizes.length - 1; a >= 0; a--) {
            index[a] = element % sizes[a];
            element /= sizes[a];
        }
        return index;
    }

    private double tree(double[] lanes) {
        for (int half = 8; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] = round(lanes[i] + lanes[i + half]);
            }
        }
        return lanes[0];
    }

    private double[] sum(Node from, List<Integer> axes) {
        int[] sizes = sizes(from.shape());
        double[] x = value(from);
        int[] kept = new int[sizes.length];
        int results = 1;
        for (int a = 0; a < sizes.length; a++) {
            kept[a] = axes.contains(a) ? 1 : sizes[a];
            results *= kept[a];
        }
        boolean samples = from.shape().isBounded() && axes.contains(0);
        int chunks = samples ? (sizes[0] + 63) / 64 : 1;
        double[][][] lanes = new double[results][chunks][16];
        int[] position = new int[results];
        int perSample = samples ? x.length / sizes[0] : 0;
        // Over samples: lane = sample mod 16, chain over (tile, other indices).
        for (int element = 0; element < x.length; element++) {
            int[] index = index(element, sizes);
            int result = 0;
            for (int a = 0; a < sizes.length; a++) {
                result = result * kept[a] + (kept[a] == 1 ? 0 : index[a]);
            }
            int chunk = samples ? element / perSample / 64 : 0;
            int lane = samples ? element / perSample % 16 : position[result]++ % 16;
            lanes[result][chunk][lane] = round(lanes[result][chunk][lane] + x[element]);
        }
        double[] y = new double[results];
        for (int r = 0; r < results; r++) {
            y[r] = tree(lanes[r][0]);
            for (int c = 1; c < chunks; c++) {
                y[r] = round(y[r] + tree(lanes[r][c]));
            }
        }
        return y;
    }

    private double[] firstMax(Node from) {
        int[] sizes = sizes(from.shape());
        int n = sizes[sizes.length - 1];
        double[] x = value(from);
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i += n) {
            int best = 0;
            for (int j = 1; j < n; j++) {
                best = x[i + j] > x[i + best] ? j : best;
            }
            y[i + best] = 1;
        }
        return y;
    }

    private double[] contract(Node node, boolean left, boolean right) {
        Shape a = node.input(0).shape();
        int[] as = sizes(a);
        int[] bs = sizes(node.input(1).shape());
        int rank = as.length;
        double[] x = value(node.input(0));
        double[] w = value(node.input(1));
        int rows = as[rank - (left ? 1 : 2)];
        int columns = bs[rank - (right ? 2 : 1)];
        int inner = as[rank - (left ? 2 : 1)];
        int chunk = rank == 2 && a.isBounded() && left ? 64 : inner;
        double[] y = new double[product(sizes(node.shape()))];
        for (int stack = 0; stack < y.length / (rows * columns); stack++) {
            int xAt = stack * rows * inner;
            int wAt = stack * inner * columns;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double total = 0;
                    for (int first = 0; first < inner; first += chunk) {
                        double chain = 0;
                        for (int k = first; k < Math.min(inner, first + chunk); k++) {
                            chain =
                                    fma(
                                            x[xAt + (left ? k * rows + i : i * inner + k)],
                                            w[wAt + (right ? j * inner + k : k * columns + j)],
                                            chain);
                        }
                        total = round(total + chain);
                    }
                    y[(stack * rows + i) * columns + j] = total;
                }
            }
        }
        return y;
    }

    private double[] convolve(Node node, int padding, int stride) {
        int[] xs = sizes(node.input(0).shape());
        int[] ws = sizes(node.input(1).shape());
        double[] x = value(node.input(0));
        double[] w = value(node.input(1));
        int[] ys = sizes(node.shape());
        double[] y = new double[product(ys)];
        for (int i = 0; i < y.length; i++) {
            int[] at = index(i, ys);
            double chain = 0;
            for (int c = 0; c < xs[1]; c++) {
                for (int ky = 0; ky < ws[2]; ky++) {
                    for (int kx = 0; kx < ws[3]; kx++) {
                        double k = w[((at[1] * ws[1] + c) * ws[2] + ky) * ws[3] + kx];
                        double v =
                                pixel(
                                        x,
                                        xs,
                                        at[0],
                                        c,
                                        stride * at[2] + ky - padding,
                                        stride * at[3] + kx - padding);
                        chain = fma(v, k, chain);
                    }
                }
            }
            y[i] = chain;
        }
        return y;
    }

    private double[] convolveInput(Node node, int padding, int stride) {
        int[] gs = sizes(node.input(0).shape());
        int[] ws = sizes(node.input(1).shape());
        double[] g = value(node.input(0));
        double[] w = value(node.input(1));
        int[] ys = sizes(node.shape());
        double[] y = new double[product(ys)];
        for (int i = 0; i < y.length; i++) {
            int[] at = index(i, ys);
            double chain = 0;
            for (int o = 0; o < gs[1]; o++) {
                for (int ky = ws[2] - 1; ky >= 0; ky--) {
                    for (int kx = ws[3] - 1; kx >= 0; kx--) {
                        int row = at[2] + padding - ky;
                        int column = at[3] + padding - kx;
                        if (Math.floorMod(row, stride) == 0 && Math.floorMod(column, stride) == 0) {
                            double k = w[((o * ws[1] + at[1]) * ws[2] + ky) * ws[3] + kx];
                            double v =
                                    pixel(
                                            g,
                                            gs,
                                            at[0],
                                            o,
                                            Math.floorDiv(row, stride),
                                            Math.floorDiv(column, stride));
                            chain = fma(v, k, chain);
                        }
                    }
                }
            }
            y[i] = chain;
        }
        return y;
    }

    private static double pixel(double[] x, int[] xs, int n, int c, int i, int j) {
        return i < 0 || j < 0 || i >= xs[2] || j >= xs[3]
                ? 0
                : x[((n * xs[1] + c) * xs[2] + i) * xs[3] + j];
    }

    private double[] convolveWeights(Node node, int padding, int stride, int kh, int kw) {
        int[] xs = sizes(node.input(0).shape());
        int[] gs = sizes(node.input(1).shape());
        double[] x = value(node.input(0));
        double[] g = value(node.input(1));
        int[] ys = sizes(node.shape());
        double[] y = new double[product(ys)];
        for (int i = 0; i < y.length; i++) {
            int[] at = index(i, ys);
            double total = 0;
            for (int first = 0; first < count; first += 64) {
                double[] lanes = new double[16];
                for (int n = first; n < Math.min(count, first + 64); n++) {
                    for (int p = 0; p < gs[2] * gs[3]; p++) {
                        int r = p / gs[3];
                        int c = p % gs[3];
                        double h = g[((n * gs[1] + at[0]) * gs[2] + r) * gs[3] + c];
                        lanes[n % 16] =
                                fma(
                                        pixel(
                                                x,
                                                xs,
                                                n,
                                                at[1],
                                                stride * r + at[2] - padding,
                                                stride * c + at[3] - padding),
                                        h,
                                        lanes[n % 16]);
                    }
                }
                total = round(total + tree(lanes));
            }
            y[i] = total;
        }
        return y;
    }

    private double[] pool(Node from, int size) {
        int[] xs = sizes(from.shape());
        int[] ys = {xs[0], xs[1], xs[2] / size, xs[3] / size};
        double[] x = value(from);
        double[] y = new double[product(ys)];
        for (int i = 0; i < y.length; i++) {
            int[] at = index(i, ys);
            double sum = 0;
            for (int p = 0; p < size * size; p++) {
                double v =
                        pixel(
                                x,
                                xs,
                                at[0],
                                at[1],
                                at[2] * size + p / size,
                                at[3] * size + p % size);
                sum = p == 0 ? v : round(sum + v);
            }
            y[i] = round(sum * round(1.0 / (size * size)));
        }
        return y;
    }

    private double[] spread(Node from, int size) {
        int[] xs = sizes(from.shape());
        int[] ys = {xs[0], xs[1], xs[2] * size, xs[3] * size};
        double[] x = value(from);
        double[] y = new double[product(ys)];
        for (int i = 0; i < y.length; i++) {
            int[] at = index(i, ys);
            y[i] =
                    round(
                            pixel(x, xs, at[0], at[1], at[2] / size, at[3] / size)
                                    * round(1.0 / (size * size)));
        }
        return y;
    }
}
