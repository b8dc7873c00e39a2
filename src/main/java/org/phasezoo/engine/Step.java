package org.phasezoo.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasezoo.graph.Op;
import org.phasezoo.kernel.Lanes;

/// One step of a plan: a kernel with the places of its arrays in the arena. `rows` names the
/// bounded axis whose count says how many tiles are run; it is empty for arrays without one.
sealed interface Step {
    /// A chain of element-wise ops, run block by block. `rowElements` is the number of elements a
    /// sample has, or of the whole array where `rows` is empty.
    record Elementwise(
            String rows,
            int rowElements,
            List<Micro> once,
            List<Micro> blocks,
            List<Bordered> borders,
            @Nullable Summed sum)
            implements Step {}

    /// An array of images `rowElements` a sample with a border.
    record Border(String rows, int rowElements, Bordered copy) implements Step {}

    /// A convolution or, class by class, its adjoint by the input: `plane` elements lie between the
    /// channels of the result, of which there are `out`. What a pixel meets is brought to the
    /// places of `column` first, if it lists any.
    @SuppressWarnings("ArrayRecordComponent")
    record Convolve(
            String rows,
            Images images,
            int weights,
            int out,
            List<Windows> classes,
            int plane,
            int scratch,
            int[] column,
            int y)
            implements Step {}

    /// The weight gradient of a convolution whose result has `pixels` pixels a channel; `windows`
    /// are those of all tiles taken together.
    record ConvolveWeights(
            String rows,
            Images images,
            Windows windows,
            int pixels,
            int g,
            int out,
            int scratch,
            int y)
            implements Step {}

    record ContractPerSample(
            String rows, int x, int inner, int w, int wo, int wk, int outer, int scratch, int y)
            implements Step {}

    /// `bRows`: where b stands as rows of samples, too; 0 if nowhere.
    record ContractOverSamples(
            String rows, int a, int left, int b, int right, int bRows, int scratch, int y)
            implements Step {}

    /// Stacks of products inside each sample: `stack` matrices a sample; strides count rows of 16
    /// lanes.
    record ContractInside(
            String rows,
            int stack,
            int a,
            int ai,
            int ak,
            int b,
            int bk,
            int bj,
            int m,
            int n,
            int inner,
            int scratch,
            int y)
            implements Step {}

    record ContractFixed(
            int stack,
            int a,
            int ai,
            int ak,
            int b,
            int bk,
            int bj,
            int m,
            int n,
            int inner,
            int scratch,
            int y)
            implements Step {}

    /// Sums over samples: `from[i]` lists the rows of result i.
    record SumOverSamples(String rows, int x, int rowElements, int[][] from, int scratch, int y)
            implements Step {}

    /// Sums inside samples: `from[i]` lists the rows of result i. Where results stand `beside` each
    /// other, those of each group of [FloatReduce#BESIDE_RESULTS] read rows that follow each other.
    record SumPerSample(
            String rows, int x, int rowElements, int[][] from, boolean beside, int scratch, int y)
            implements Step {}

    record SumFixed(int x, int[][] from, int scratch, int y) implements Step {}

    record FirstMax(String rows, int x, int outer, int inner, int y) implements Step {}

    record Pool(String rows, int x, int channels, int h, int w, int size, int y) implements Step {}

    record Spread(String rows, int x, int channels, int h, int w, int size, int y)
            implements Step {}

    record WriteCount(String rows, int y) implements Step {}

    /// Elements put elsewhere along groups of arrays; `width` is 16 where samples are in the lanes.
    record Take(Groups groups, int x, int size, int[] map, int y) implements Step {}

    record Put(Groups groups, int x, int[] map, int y, int size) implements Step {}

    record TakeAlong(Groups groups, int x, int n, int index, int count, int y) implements Step {}

    record PutAlong(Groups groups, int x, int index, int count, int y, int n) implements Step {}

    record ArgSort(Groups groups, int x, int n, int y) implements Step {}

    record CumulativeSum(Groups groups, int x, int n, boolean reversed, int y) implements Step {}

    /// Groups of equal work: `each` for a tile of the axis `rows`, or `each` in all where `rows` is
    /// empty.
    record Groups(String rows, int each) {
        int width() {
            return rows.isEmpty() ? 1 : Lanes.LANES;
        }
    }

    /// A table of rows, with samples in the lanes where `rows` is not empty; else of `fixed` rows.
    record Table(String rows, int fixed, int at, int size) {}

    record Gather(Table table, Table index, int positions, int inner, int y) implements Step {}

    record SegmentSum(int x, Table index, int positions, int inner, Table target) implements Step {}

    record Iota(int outer, int size, int inner, int y) implements Step {}

    record Draw(String name, Op.Distribution distribution, String rows, int elements, int y)
            implements Step {}

    /// A factorisation of `stack` matrices of n × n, in double precision; `b` is the right-hand
    /// side of `columns` columns where there is one.
    record Factorise(Op op, int stack, int n, int a, int b, int columns, int y) implements Step {}

    /// Steps run once a trip: slices, trajectories and what is read before it changes are copied at
    /// its begin, emissions and the next state at its end; the state is set before the first.
    record Loop(
            int trips,
            boolean reversed,
            List<Copy> before,
            List<Copy> begin,
            List<Step> trip,
            List<Copy> end)
            implements Step {}

    /// Steps run for at most `tiles` tiles of samples at a time, whose elements of each input come
    /// to the places of `inputs` first.
    record MicroBatches(String rows, int tiles, List<Slice> inputs, List<Step> steps)
            implements Step {}

    /// Tiles of an input, of `tile` elements each: all of them stand at `from`, those of a
    /// micro-batch at `to`.
    record Slice(int from, int to, int tile) {}

    /// These steps and, behind each loop, those of its trip.
    static List<Step> all(List<Step> steps) {
        List<Step> all = new ArrayList<>();
        for (Step step : steps) {
            all.add(step);
            if (step instanceof Loop loop) {
                all.addAll(all(loop.trip()));
            }
            if (step instanceof MicroBatches batches) {
                all.addAll(all(batches.steps()));
            }
        }
        return all;
    }
}
