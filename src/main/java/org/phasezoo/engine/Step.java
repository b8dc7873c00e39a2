package org.phasezoo.engine;

import java.util.List;

/// One step of a plan: a kernel with the places of its arrays in the arena. `rows` names the
/// bounded axis whose count says how many tiles are run; it is empty for arrays without one.
sealed interface Step {
    /// A chain of element-wise ops, run block by block. `rowElements` is the number of elements a
    /// sample has, or of the whole array where `rows` is empty.
    record Elementwise(String rows, int rowElements, List<Micro> once, List<Micro> blocks)
            implements Step {}

    record Convolve(
            String rows,
            int x,
            int in,
            int h,
            int w,
            int padding,
            int stride,
            int weights,
            int out,
            int kh,
            int kw,
            int scratch,
            int y)
            implements Step {}

    record ConvolveInput(
            String rows,
            int g,
            int out,
            int gh,
            int gw,
            int stride,
            int weights,
            int in,
            int h,
            int w,
            int kh,
            int kw,
            Border[] vertical,
            Border[] horizontal,
            int scratch,
            int y)
            implements Step {}

    record ConvolveWeights(
            String rows,
            int x,
            int in,
            int h,
            int w,
            int padding,
            int stride,
            int g,
            int out,
            int kh,
            int kw,
            int scratch,
            int y)
            implements Step {}

    record ContractPerSample(String rows, int x, int inner, int w, int wo, int wk, int outer, int y)
            implements Step {}

    record ContractOverSamples(String rows, int a, int left, int b, int right, int scratch, int y)
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
            int y)
            implements Step {}

    record ContractFixed(
            int stack, int a, int ai, int ak, int b, int bk, int bj, int m, int n, int inner, int y)
            implements Step {}

    /// Sums over samples: `from[i]` lists the rows of result i.
    record SumOverSamples(String rows, int x, int rowElements, int[][] from, int scratch, int y)
            implements Step {}

    record SumPerSample(String rows, int x, int rowElements, int[][] from, int scratch, int y)
            implements Step {}

    record SumFixed(int x, int[][] from, int scratch, int y) implements Step {}

    record FirstMax(String rows, int x, int outer, int inner, int y) implements Step {}

    record Pool(String rows, int x, int channels, int h, int w, int size, int y) implements Step {}

    record Spread(String rows, int x, int channels, int h, int w, int size, int y)
            implements Step {}

    record WriteCount(String rows, int y) implements Step {}
}
