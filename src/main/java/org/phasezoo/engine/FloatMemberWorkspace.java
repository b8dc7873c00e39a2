package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.LANES;

import java.util.List;
import org.phasezoo.kernel.FloatContractInside;
import org.phasezoo.kernel.FloatElementwise;
import org.phasezoo.kernel.FloatIndexing;
import org.phasezoo.kernel.FloatReduce;
import org.phasezoo.kernel.Lanes;

/// The arena of 16 members and the loop over their steps.
final class FloatMemberWorkspace extends MemberWorkspace {
    private static final int CHUNK = Lanes.CHUNK_TILES * LANES;

    private final float[] m;
    private final Step[] steps;
    private final List<Program.Carry> carries;
    private final FloatLoop loop;
    private final int scratch;

    FloatMemberWorkspace(Program program) {
        super(program);
        steps = program.plan().steps().toArray(new Step[0]);
        carries = program.carries();
        scratch = program.arenaElements();
        int most = LANES;
        List<Step> all = Step.all(program.plan().steps());
        for (Step step : all) {
            if (step instanceof Step.ContractOverSamples s) {
                most = Math.max(most, s.left() * s.right());
            }
        }
        m = new float[scratch + most * LANES];
        loop = new FloatLoop(m, this::rows, this::run);
        for (Plan.Fill fill : program.plan().constants()) {
            FloatElementwise.fill(m, (float) fill.value(), fill.at(), fill.size());
        }
        for (Step step : all) {
            if (!supported(step)) {
                throw new IllegalArgumentException(
                        step.getClass().getSimpleName()
                                + " has no member lanes; run such members one by one");
            }
        }
    }

    private static boolean supported(Step step) {
        return switch (step) {
            case Step.Elementwise _,
                    Step.Border _,
                    Step.ContractPerSample _,
                    Step.ContractOverSamples _,
                    Step.ContractInside _,
                    Step.ContractFixed _,
                    Step.SumOverSamples _,
                    Step.SumPerSample _,
                    Step.SumFixed _,
                    Step.FirstMax _,
                    Step.WriteCount _,
                    Step.Take _,
                    Step.Put _,
                    Step.TakeAlong _,
                    Step.PutAlong _,
                    Step.ArgSort _,
                    Step.CumulativeSum _,
                    Step.Iota _,
                    Step.Pool _,
                    Step.Spread _,
                    Step.Loop _ ->
                    true;
            case Step.Convolve _,
                    Step.ConvolveWeights _,
                    Step.Gather _,
                    Step.SegmentSum _,
                    Step.Draw _,
                    Step.Factorise _,
                    Step.MicroBatches _ ->
                    false;
        };
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
    public void run() {
        for (Step step : steps) {
            run(step);
        }
        for (Program.Carry carry : carries) {
            System.arraycopy(m, carry.from(), m, carry.to(), carry.size());
        }
    }

    /// Rows of a bounded axis, 1 where there is none.
    private int rows(String axis) {
        return axis.isEmpty() ? 1 : countOf(axis);
    }

    private int groups(Step.Groups groups) {
        return rows(groups.rows()) * groups.each();
    }

    private void run(Step step) {
        switch (step) {
            case Step.Elementwise s ->
                    FloatElements.run(
                            m, s, rows(s.rows()) * s.rowElements() * LANES, LANES, Part.WHOLE);
            case Step.ContractPerSample s ->
                    FloatContractInside.product(
                            m,
                            s.x(),
                            s.inner(),
                            1,
                            s.w(),
                            s.wk(),
                            s.wo(),
                            countOf(s.rows()),
                            s.outer(),
                            s.inner(),
                            s.y());
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
                            countOf(s.rows()) * s.channels(),
                            s.h(),
                            s.w(),
                            s.size(),
                            s.y());
            case Step.Spread s ->
                    FloatReduce.spread(
                            m,
                            s.x(),
                            countOf(s.rows()) * s.channels(),
                            s.h(),
                            s.w(),
                            s.size(),
                            s.y());
            case Step.WriteCount s -> FloatElementwise.fill(m, countOf(s.rows()), s.y(), LANES);
            case Step.Take s ->
                    FloatIndexing.take(
                            m, s.x(), s.size(), s.map(), s.y(), LANES, groups(s.groups()));
            case Step.Put s ->
                    FloatIndexing.put(
                            m, s.x(), s.map(), s.y(), s.size(), LANES, groups(s.groups()));
            case Step.TakeAlong s ->
                    FloatIndexing.takeAlong(
                            m,
                            s.x(),
                            s.n(),
                            s.index(),
                            s.count(),
                            s.y(),
                            LANES,
                            groups(s.groups()));
            case Step.PutAlong s ->
                    FloatIndexing.putAlong(
                            m,
                            s.x(),
                            s.index(),
                            s.count(),
                            s.y(),
                            s.n(),
                            LANES,
                            groups(s.groups()));
            case Step.ArgSort s ->
                    FloatIndexing.argSort(m, s.x(), s.n(), s.y(), LANES, groups(s.groups()));
            case Step.CumulativeSum s ->
                    FloatIndexing.cumulativeSum(
                            m, s.x(), s.n(), s.reversed(), s.y(), LANES, groups(s.groups()));
            case Step.Iota s -> iota(s);
            case Step.Loop s -> loop.run(s);
            case Step.Border _,
                    Step.Convolve _,
                    Step.ConvolveWeights _,
                    Step.Gather _,
                    Step.SegmentSum _,
                    Step.Draw _,
                    Step.Factorise _,
                    Step.MicroBatches _ ->
                    throw new IllegalStateException(step + " has no member lanes");
        }
    }

    private void contractInside(Step.ContractInside s) {
        for (int i = 0; i < countOf(s.rows()) * s.stack(); i++) {
            contract(
                    s.a(), s.ai(), s.ak(), s.b(), s.bk(), s.bj(), s.m(), s.n(), s.inner(), s.y(),
                    i);
        }
    }

    private void contractFixed(Step.ContractFixed s) {
        for (int i = 0; i < s.stack(); i++) {
            contract(
                    s.a(), s.ai(), s.ak(), s.b(), s.bk(), s.bj(), s.m(), s.n(), s.inner(), s.y(),
                    i);
        }
    }

    private void sumOverSamples(Step.SumOverSamples s) {
        for (int i = 0; i < s.from().length; i++) {
            FloatReduce.overRows(
                    m,
                    s.x(),
                    s.rowElements(),
                    s.from()[i],
                    countOf(s.rows()),
                    scratch,
                    s.y() + i * LANES);
        }
    }

    private void sumPerSample(Step.SumPerSample s) {
        int results = s.from().length;
        for (int r = 0; r < countOf(s.rows()); r++) {
            for (int i = 0; i < results; i++) {
                FloatReduce.perSample(
                        m,
                        s.x() + r * s.rowElements() * LANES,
                        s.from()[i],
                        scratch,
                        s.y() + (r * results + i) * LANES);
            }
        }
    }

    private void sumFixed(Step.SumFixed s) {
        for (int i = 0; i < s.from().length; i++) {
            FloatReduce.perSample(m, s.x(), s.from()[i], scratch, s.y() + i * LANES);
        }
    }

    private void firstMax(Step.FirstMax s) {
        for (int i = 0; i < countOf(s.rows()) * s.outer(); i++) {
            int at = i * s.inner() * LANES;
            FloatReduce.firstMax(m, s.x() + at, s.inner(), s.y() + at);
        }
    }

    private void iota(Step.Iota s) {
        for (int i = 0; i < s.outer() * s.size() * s.inner(); i++) {
            FloatElementwise.fill(m, i / s.inner() % s.size(), s.y() + i * LANES, LANES);
        }
    }

    /// The i-th product of a stack.
    private void contract(
            int a,
            int ai,
            int ak,
            int b,
            int bk,
            int bj,
            int rows,
            int columns,
            int inner,
            int y,
            int i) {
        FloatContractInside.product(
                m,
                a + i * rows * inner * LANES,
                ai,
                ak,
                b + i * columns * inner * LANES,
                bk,
                bj,
                rows,
                columns,
                inner,
                y + i * rows * columns * LANES);
    }

    private void contractOverSamples(Step.ContractOverSamples s) {
        int count = countOf(s.rows());
        int size = s.left() * s.right() * LANES;
        FloatElementwise.fill(m, 0, s.y(), size);
        for (int first = 0; first < count; first += CHUNK) {
            FloatContractInside.product(
                    m,
                    s.a() + first * s.left() * LANES,
                    1,
                    s.left(),
                    s.b() + first * s.right() * LANES,
                    s.right(),
                    1,
                    s.left(),
                    s.right(),
                    Math.min(CHUNK, count - first),
                    scratch);
            FloatElementwise.add(m, s.y(), scratch, s.y(), size);
        }
    }
}
