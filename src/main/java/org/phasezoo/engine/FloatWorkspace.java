package org.phasezoo.engine;

import static org.phasezoo.kernel.FloatReduce.BESIDE_RESULTS;
import static org.phasezoo.kernel.Lanes.CHUNK_TILES;
import static org.phasezoo.kernel.Lanes.LANES;

import java.util.Arrays;
import java.util.List;
import org.phasezoo.kernel.FloatContract;
import org.phasezoo.kernel.FloatContractFixed;
import org.phasezoo.kernel.FloatContractInside;
import org.phasezoo.kernel.FloatContractSamples;
import org.phasezoo.kernel.FloatElementwise;
import org.phasezoo.kernel.FloatIndexing;
import org.phasezoo.kernel.FloatReduce;
import org.phasezoo.kernel.FloatTranspose;
import org.phasezoo.kernel.Lanes;

/// A program's arena and the loop over its steps.
final class FloatWorkspace extends Workspace {
    private final float[] m;
    private final Step[] steps;
    private final List<Program.Carry> carries;
    private final FloatLoop loop;

    /// The samples that the steps of a micro-batch take.
    private Part part = Part.WHOLE;

    /// Rows of one tile on their way into the lanes.
    private float[] gathered = new float[0];

    FloatWorkspace(Program program) {
        super(program);
        m = new float[program.arenaElements()];
        steps = program.plan().steps().toArray(new Step[0]);
        carries = program.carries();
        loop = new FloatLoop(m, rows -> rows.isEmpty() ? 1 : Lanes.tiles(countOf(rows)), this::run);
        for (Plan.Fill fill : program.plan().constants()) {
            FloatElementwise.fill(m, (float) fill.value(), fill.at(), fill.size());
        }
    }

    @Override
    @SuppressWarnings("cast")
    void store(int at, double value) {
        m[at] = (float) value;
    }

    @Override
    double load(int at) {
        return m[at];
    }

    @Override
    public void gather(String input, /* single */ float[] table, int[] rows, int from, int n) {
        int inner = gatherCount(input, n);
        int at = program().input(input).at();
        int rowsAt = program().rows(input);
        int stride = rowsAt > 0 ? RowCopies.row(inner) : inner;
        if (rowsAt == 0 && gathered.length < LANES * inner) {
            gathered = new float[LANES * inner];
        }
        float[] to = rowsAt > 0 ? m : gathered;
        for (int first = 0; first < n; first += LANES) {
            int present = Math.min(LANES, n - first);
            int tile = rowsAt > 0 ? rowsAt + first * stride : 0;
            for (int i = 0; i < present; i++) {
                copy(table, rows[from + first + i] * inner, inner, to, tile + i * stride);
            }
            Arrays.fill(to, tile + present * stride, tile + LANES * stride, 0);
            FloatTranspose.copy(to, tile, stride, LANES, inner, m, at + first * inner, LANES);
        }
    }

    private static void copy(/* single */ float[] table, int row, int inner, float[] to, int at) {
        Object target = to;
        if (target instanceof /* single */ float[]) {
            System.arraycopy(table, row, to, at, inner);
            return;
        }
        for (int j = 0; j < inner; j++) {
            to[at + j] = table[row + j];
        }
    }

    @Override
    public void run() {
        for (Step step : steps) {
            run(step);
        }
        for (Program.Carry carry : carries) {
            System.arraycopy(m, carry.from(), m, carry.to(), carry.size());
        }
    }

    /// Each step's loop is a method of its own: the compiler takes kernels from hot loops into the
    /// method around them, and in one as large as this one now and then fails at it, so that each
    /// vector becomes an object (sums 25 times as slow in one process of 14).
    private void run(Step step) {
        switch (step) {
            case Step.Elementwise s -> {
                if (s.rows().isEmpty()) {
                    FloatElements.run(m, s, Lanes.tiles(s.rowElements()) * LANES, LANES, part);
                } else {
                    int count = countOf(s.rows());
                    int tiles = Lanes.tiles(count);
                    FloatElements.run(
                            m,
                            s,
                            tiles * s.rowElements() * LANES,
                            count - (tiles - 1) * LANES,
                            part);
                }
            }
            case Step.Border s ->
                    FloatImages.border(
                            m,
                            s.copy(),
                            0,
                            Lanes.tiles(countOf(s.rows())) * s.rowElements() * LANES);
            case Step.Convolve s -> FloatImages.convolve(m, s, countOf(s.rows()));
            case Step.ConvolveWeights s ->
                    FloatImages.convolveWeights(m, s, countOf(s.rows()), part);
            case Step.ContractPerSample s ->
                    FloatContract.perSample(
                            m,
                            s.x(),
                            s.inner(),
                            s.w(),
                            s.wo(),
                            s.wk(),
                            s.y(),
                            s.outer(),
                            Lanes.tiles(countOf(s.rows())),
                            s.scratch());
            case Step.ContractOverSamples s -> contractOverSamples(s);
            case Step.ContractInside s -> contractInside(s);
            case Step.ContractFixed s -> contractFixed(s);
            case Step.SumOverSamples s -> sumOverSamples(s);
            case Step.SumPerSample s -> sumPerSample(s);
            case Step.SumFixed s -> sumFixed(s);
            case Step.FirstMax s -> firstMax(s);
            case Step.Pool s ->
                    FloatReduce.pool(
                            m,
                            s.x(),
                            Lanes.tiles(countOf(s.rows())) * s.channels(),
                            s.h(),
                            s.w(),
                            s.size(),
                            s.y());
            case Step.Spread s ->
                    FloatReduce.spread(
                            m,
                            s.x(),
                            Lanes.tiles(countOf(s.rows())) * s.channels(),
                            s.h(),
                            s.w(),
                            s.size(),
                            s.y());
            case Step.WriteCount s -> m[s.y()] = countOf(s.rows());
            case Step.Take s ->
                    FloatIndexing.take(
                            m,
                            s.x(),
                            s.size(),
                            s.map(),
                            s.y(),
                            s.groups().width(),
                            count(s.groups()));
            case Step.Put s ->
                    FloatIndexing.put(
                            m,
                            s.x(),
                            s.map(),
                            s.y(),
                            s.size(),
                            s.groups().width(),
                            count(s.groups()));
            case Step.TakeAlong s ->
                    FloatIndexing.takeAlong(
                            m,
                            s.x(),
                            s.n(),
                            s.index(),
                            s.count(),
                            s.y(),
                            s.groups().width(),
                            count(s.groups()));
            case Step.PutAlong s ->
                    FloatIndexing.putAlong(
                            m,
                            s.x(),
                            s.index(),
                            s.count(),
                            s.y(),
                            s.n(),
                            s.groups().width(),
                            count(s.groups()));
            case Step.ArgSort s ->
                    FloatIndexing.argSort(
                            m, s.x(), s.n(), s.y(), s.groups().width(), count(s.groups()));
            case Step.CumulativeSum s ->
                    FloatIndexing.cumulativeSum(
                            m,
                            s.x(),
                            s.n(),
                            s.reversed(),
                            s.y(),
                            s.groups().width(),
                            count(s.groups()));
            case Step.Gather s ->
                    FloatIndexing.gather(
                            m,
                            s.table().at(),
                            !s.table().rows().isEmpty(),
                            rows(s.table()),
                            s.index().at(),
                            !s.index().rows().isEmpty(),
                            s.index().rows().isEmpty() ? 1 : rows(s.index()),
                            s.positions(),
                            s.inner(),
                            s.y());
            case Step.SegmentSum s ->
                    FloatIndexing.segmentSum(
                            m,
                            s.x(),
                            s.index().at(),
                            !s.index().rows().isEmpty(),
                            s.index().rows().isEmpty() ? 1 : rows(s.index()),
                            s.positions(),
                            s.inner(),
                            s.target().at(),
                            !s.target().rows().isEmpty(),
                            rows(s.target()),
                            s.target().size());
            case Step.Iota s -> iota(s);
            case Step.Draw s ->
                    FloatDraws.run(
                            m, s, stream(s.name()), s.rows().isEmpty() ? 1 : countOf(s.rows()));
            case Step.Factorise s -> FloatFactorise.run(m, s);
            case Step.Loop s -> loop.run(s);
            case Step.MicroBatches s -> microBatches(s);
        }
    }

    private void microBatches(Step.MicroBatches s) {
        int count = countOf(s.rows());
        int first = 0;
        do {
            int n = Math.min(s.tiles() * LANES, count - first);
            part = new Part(first / LANES, first + n == count);
            count(s.rows(), n);
            for (Step.Slice input : s.inputs()) {
                int from = input.from() + part.before() * input.tile();
                System.arraycopy(m, from, m, input.to(), Lanes.tiles(n) * input.tile());
            }
            for (Step step : s.steps()) {
                run(step);
            }
            first += n;
        } while (first < count);
        count(s.rows(), count);
        part = Part.WHOLE;
    }

    private void contractFixed(Step.ContractFixed s) {
        for (int i = 0; i < s.stack(); i++) {
            FloatContractFixed.product(
                    m,
                    s.a() + i * s.m() * s.inner(),
                    s.ai(),
                    s.ak(),
                    s.b() + i * s.n() * s.inner(),
                    s.bk(),
                    s.bj(),
                    s.m(),
                    s.n(),
                    s.inner(),
                    s.scratch(),
                    s.y() + i * s.m() * s.n());
        }
    }

    private void sumOverSamples(Step.SumOverSamples s) {
        int count = countOf(s.rows());
        for (int i = 0; i < s.from().length; i++) {
            float sum =
                    FloatReduce.overSamples(
                            m, s.x(), s.rowElements(), s.from()[i], count, s.scratch());
            m[s.y() + i] = part.first() ? sum : m[s.y() + i] + sum;
        }
    }

    private void sumPerSample(Step.SumPerSample s) {
        int tiles = Lanes.tiles(countOf(s.rows()));
        int results = s.from().length;
        for (int t = 0; t < tiles; t++) {
            int x = s.x() + t * s.rowElements() * LANES;
            int y = s.y() + t * results * LANES;
            int i = 0;
            for (; s.beside() && i + BESIDE_RESULTS <= results; i += BESIDE_RESULTS) {
                FloatReduce.perSampleBeside(m, x, s.from()[i], s.scratch(), y + i * LANES);
            }
            for (; i < results; i++) {
                FloatReduce.perSample(m, x, s.from()[i], s.scratch(), y + i * LANES);
            }
        }
    }

    private void sumFixed(Step.SumFixed s) {
        for (int i = 0; i < s.from().length; i++) {
            m[s.y() + i] = FloatReduce.fixed(m, s.x(), s.from()[i], s.scratch());
        }
    }

    private void firstMax(Step.FirstMax s) {
        int planes = Lanes.tiles(countOf(s.rows())) * s.outer();
        for (int i = 0; i < planes; i++) {
            FloatReduce.firstMax(
                    m, s.x() + i * s.inner() * LANES, s.inner(), s.y() + i * s.inner() * LANES);
        }
    }

    private void iota(Step.Iota s) {
        for (int i = 0; i < s.outer() * s.size() * s.inner(); i++) {
            m[s.y() + i] = i / s.inner() % s.size();
        }
    }

    private int count(Step.Groups groups) {
        return groups.rows().isEmpty()
                ? groups.each()
                : Lanes.tiles(countOf(groups.rows())) * groups.each();
    }

    private int rows(Step.Table table) {
        return table.rows().isEmpty() ? table.fixed() : countOf(table.rows());
    }

    private void contractInside(Step.ContractInside s) {
        int stacks = Lanes.tiles(countOf(s.rows())) * s.stack();
        for (int i = 0; i < stacks; i++) {
            int a = s.a() + i * s.m() * s.inner() * LANES;
            int b = s.b() + i * s.n() * s.inner() * LANES;
            int y = s.y() + i * s.m() * s.n() * LANES;
            if (s.scratch() > 0) {
                FloatContractInside.product(
                        m,
                        a,
                        s.ai(),
                        s.ak(),
                        b,
                        s.bk(),
                        s.bj(),
                        s.m(),
                        s.n(),
                        s.inner(),
                        s.scratch(),
                        y);
            } else {
                FloatContractInside.product(
                        m, a, s.ai(), s.ak(), b, s.bk(), s.bj(), s.m(), s.n(), s.inner(), y);
            }
        }
    }

    private void contractOverSamples(Step.ContractOverSamples s) {
        int count = countOf(s.rows());
        int bs = RowCopies.row(s.right());
        int zeros = s.scratch() + LANES;
        int a = zeros + bs;
        int b = a + FloatContractSamples.panels(s.left());
        FloatElementwise.fill(m, 0, zeros, bs);
        if (count == 0) {
            FloatElementwise.fill(m, 0, s.y(), Lanes.tiles(s.left() * s.right()) * LANES);
        }
        for (int first = 0; first < count; first += CHUNK_TILES * LANES) {
            int samples = Math.min(CHUNK_TILES * LANES, count - first);
            FloatContractSamples.panels(m, s.a() + first * s.left(), s.left(), samples, a);
            int right = b;
            if (s.bRows() > 0) {
                right = s.bRows() + first * bs;
            } else {
                toRows(s.b() + first * s.right(), s.right(), samples, b, bs);
            }
            boolean begins = part.first() && first == 0;
            int sum = begins ? zeros : s.y();
            int ss = begins ? 0 : s.right();
            FloatContractSamples.accumulate(
                    m, a, s.left(), right, bs, s.right(), samples, s.scratch(), sum, ss, s.y());
        }
    }

    /// Samples in lanes as rows, `stride` elements apart.
    private void toRows(int x, int features, int samples, int y, int stride) {
        for (int t = 0; t < Lanes.tiles(samples); t++) {
            FloatTranspose.copy(
                    m,
                    x + t * features * LANES,
                    LANES,
                    features,
                    LANES,
                    m,
                    y + t * LANES * stride,
                    stride);
        }
    }
}
