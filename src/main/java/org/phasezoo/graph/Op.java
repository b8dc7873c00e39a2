package org.phasezoo.graph;

import java.util.List;

/// The operations: one sealed family. What an op means stands in six exhaustive `switch`es, which
/// do not compile until a new op has its line: here [Shapes], [Adjoints] and [Tangents]; in the
/// engine `Steps` (its step), `Fusion` (whether it is element-wise) and `Chain` (its kernel, if it
/// is). Where it belongs to a family, that family's step has a line too, which no compiler asks for
/// but the tests over all ops do: `Micro` and `FloatElements`, `Indexing`, or `FloatFactorise`.
///
/// *Order laws* (they fix the bits; layout, threads and lanes may not touch them): a contraction is
/// one chain of fused multiply-adds in index order from +0; over samples, one chain inside each
/// chunk of 64 samples, chunk results added in order. Other sums over samples: lane = sample mod
/// 16, each lane a chain over (tile of 16 samples, then the other reduced indices) inside its chunk
/// of 64, lanes folded by the tree 8-4-2-1, chunk results added in order. Sums without samples:
/// lane = row-major index of the reduced axes mod 16, then the tree. The adjoint of a repeat's
/// fixed input: the contributions of its trips added one by one to +0, those of the last trip
/// first.
public sealed interface Op {
    /// Number of the op's numeric definition; a change of bits raises it and re-pins only what used
    /// the op.
    default int revision() {
        return 1;
    }

    /// An array given at each run.
    record Input(String name, Shape shape) implements Op {}

    /// A number.
    record Constant(double value) implements Op {}

    /// The count of a bounded axis, as a number.
    record Count(String rows) implements Op {}

    record Negate() implements Op {}

    record Exp() implements Op {}

    record Log() implements Op {}

    record Tanh() implements Op {
        @Override
        public int revision() {
            return 2;
        }
    }

    /// The error function 2/√π ∫₀ˣ exp(−t²) dt.
    record Erf() implements Op {
        @Override
        public int revision() {
            return 2;
        }
    }

    record Sqrt() implements Op {}

    record Sin() implements Op {}

    record Cos() implements Op {}

    /// x where x > 0, else slope · x: the leaky rectifier; a slope that rounds to 0 gives +0 there,
    /// and NaN stays NaN.
    record Relu(double slope) implements Op {}

    /// Derivative of [Relu]: 1 where x > 0, else slope. Its own derivative is 0.
    record ReluSlope(double slope) implements Op {}

    /// Passes its input on; its derivative is 0.
    record StopGradient() implements Op {}

    record Add() implements Op {}

    record Subtract() implements Op {}

    record Multiply() implements Op {}

    record Divide() implements Op {}

    /// The smaller input; NaN if either is. At a tie the derivative goes to the first.
    record Minimum() implements Op {}

    /// 1 where a ≤ b, else 0 (also where either is NaN). Its derivative is 0.
    record AtMost() implements Op {}

    /// The first input where the second is not 0 (NaN is not), else +0. Passes no derivative to the
    /// second.
    record Where() implements Op {}

    /// The value of its last input; its derivatives are what `rule` says of the inputs before.
    record WithAdjoint(Rule rule) implements Op {}

    /// A derivative that is given and not derived.
    interface Rule {
        /// The adjoints of `inputs` (all but the value), linear in `g`, the adjoint of the result.
        List<Node> adjoints(Node g, List<Node> inputs);
    }

    /// Elements of a fixed array: each its index along `axis`.
    record Iota(Shape shape, int axis) implements Op {}

    /// Independent draws under the key that each run gives to `name`: element j of row r is draw
    /// number (rows before this run + r) · row elements + j. Its derivative is 0.
    record Draw(String name, Distribution distribution, Shape shape) implements Op {}

    /// What [Draw] draws.
    enum Distribution {
        /// uniform in [0, 1)
        UNIFORM,
        /// standard normal
        NORMAL,
        /// −1 or 1
        SIGN
    }

    /// Repeats: axis i of the input is axis `axes[i]` of the result, all others are new. A bounded
    /// axis of the result is the input's own or new.
    record Broadcast(Shape shape, List<Integer> axes) implements Op {
        public Broadcast {
            axes = List.copyOf(axes);
        }
    }

    /// The same elements in row-major order under another shape; a bounded axis stays leading.
    record Reshape(Shape shape) implements Op {}

    /// The sum over axes, which ascend.
    record Sum(List<Integer> axes) implements Op {
        public Sum {
            axes = List.copyOf(axes);
        }
    }

    /// One-hot of the largest element along the last axis; ties take the lowest index, NaN is never
    /// taken, and where all are NaN no element is 1. Its derivative is 0.
    record FirstMax() implements Op {}

    /// Matrix product op(A) · op(B) of the last two axes, either transposed; axes before them are
    /// batch axes, equal on both sides. Over a bounded inner axis it is a contraction over samples.
    record Contract(boolean transposeLeft, boolean transposeRight) implements Op {}

    /// y[n,o,y,x] = Σ over (i, ky, kx) of x[n, i, s·y + ky − p, s·x + kx − p] · w[o,i,ky,kx], with
    /// zeros outside. A kernel is at most as large as the padded image.
    record Convolve(int padding, int stride) implements Op {}

    /// The adjoint of [Convolve] in its input of the given height and width; chain over (o, then
    /// the taps that meet the pixel, in descending order), as a convolution with flipped kernels.
    record ConvolveInput(int padding, int stride, int height, int width) implements Op {}

    /// The adjoint of [Convolve] in its weights; a sum over samples.
    record ConvolveWeights(int padding, int stride, int kernelHeight, int kernelWidth)
            implements Op {}

    /// Mean over windows of size × size that do not overlap: one chain of additions over the
    /// window, row-major, then times 1 / size².
    record AveragePool(int size) implements Op {}

    /// The adjoint of [AveragePool].
    record Spread(int size) implements Op {}

    /// Elements put elsewhere: element i of a row of the result (of the whole result, where no axis
    /// is bounded) is element `from[i]` of the input's, or +0 where that is −1. Slices, pads,
    /// transposes and flips are of this kind.
    record Take(Shape shape, Elements from) implements Op {}

    /// The adjoint of [Take]: element i of the result is the sum, in ascending order from +0, of
    /// the input's elements j with `to[j]` = i.
    record Put(Shape shape, Elements to) implements Op {}

    /// Rows of a table: the row of the first input's leading axis that each element of the second
    /// names, from 0; a row of +0 where it names none (−1 stands for absent).
    record Gather() implements Op {}

    /// The adjoint of [Gather], and the sum over segments: row r of the result of this shape is the
    /// sum, in ascending order from +0, of the rows of the first input whose segment in the second
    /// is r. A row whose segment is none of the result's is left out.
    record SegmentSum(Shape shape) implements Op {}

    /// Along the last axis, the element of the first input that each element of the second names;
    /// +0 where it names none.
    record TakeAlong() implements Op {}

    /// The adjoint of [TakeAlong]: along a last axis of `size`, the sums, in ascending order from
    /// +0, of the elements of the first input that the second sends there.
    record PutAlong(int size) implements Op {}

    /// Along the last axis, the order that sorts: element k of the result is the index of the k-th
    /// smallest; ties by index, NaN last. Its derivative is 0.
    record ArgSort() implements Op {}

    /// Sums along the last axis up to and with each element, one chain of additions; backwards from
    /// the end if `reversed`.
    record CumulativeSum(boolean reversed) implements Op {}

    /// The lower factor L of A = L Lᵀ for stacks of symmetric positive definite matrices, of which
    /// the lower halves are read; NaN where one is not. Computed in double precision, rounded once.
    record Cholesky() implements Op {}

    /// X of L X = B, or of Lᵀ X = B if `transposed`, for stacks of lower triangular L. Computed in
    /// double precision, rounded once.
    record SolveTriangular(boolean transposed) implements Op {}

    /// Stacks of symmetric n × n matrices, of which the lower halves are read, to stacks of (n + 1)
    /// × n: the ascending eigenvalues, then the matrix of unit eigenvectors in columns, the largest
    /// component of each (the first, at ties) positive. Computed in double precision, rounded once.
    /// Derivatives are not finite where eigenvalues are equal.
    record EigenSymmetric() implements Op {}

    /// A body repeated: its inputs are a start for each state that the body carries, a stack for
    /// each of its slices, and its fixed inputs. Trip t = 0 … trips − 1, or from the last to the
    /// first if `reversed`, reads slice t of the stacks, writes slice t of the results that are
    /// stacks, and makes the next state. Slices are numbered along an axis of `trips` that a stack
    /// has in addition, the first of its axes that are not bounded. One node is one of the results:
    /// number `of` of its kind.
    ///
    /// The adjoint is a repeat in the other direction, which reads the states before each trip; the
    /// tangent one in the same direction, which carries states and tangents.
    record Repeat(Body body, int trips, boolean reversed, Result result, int of) implements Op {
        /// What a repeat results in.
        public enum Result {
            /// the state after the last trip
            LAST,
            /// what each trip emits, a stack
            EMITTED,
            /// the state before each trip, a stack
            STATES
        }

        /// Another result of the same repeat.
        Repeat with(Result other, int number) {
            return new Repeat(body, trips, reversed, other, number);
        }
    }
}
