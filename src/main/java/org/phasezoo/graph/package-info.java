/// The intermediate representation: ops, nodes, shapes, adjoints, tangents. Knows only `document`.
///
/// # Semantics
///
/// A *graph* holds *nodes*; a node is an [org.phasezoo.graph.Op] applied to nodes and stands for
/// one array of real numbers, of one precision throughout a program. Equal ops on equal inputs are
/// one node. Sizes are static; the leading axis may be *bounded*: a name, a capacity, and a count
/// given at each run. Indices are whole numbers in arrays of reals (exact to 2²⁴ in single
/// precision).
///
/// **Row law**: an op that does not reduce over a bounded axis gives a row the same bits whatever
/// its batch-mates and its place. **Order laws**: chains, lanes and chunks, told at
/// [org.phasezoo.graph.Op]. **Ties** go to the lowest index. **Plan law**: what else a program
/// computes, and where arrays stand, touches no bits.
///
/// # Op by op
///
/// | op | value | derivative |
/// |---|---|---|
/// | `Input`, `Constant`, `Count`, `Iota`, `Draw` | given from outside, a number, the count of a bounded axis, indices along an axis, draws by counter | none |
/// | `Negate`, `Add`, `Subtract`, `Multiply`, `Divide`, `Sqrt` | as IEEE 754, correctly rounded | as in calculus |
/// | `Exp`, `Log`, `Tanh`, `Erf`, `Sin`, `Cos` | single precision: own polynomials; double: `StrictMath`, `ErrorFunction`; both ≤ 2 ulp | as in calculus |
/// | `Relu`, `ReluSlope` | x or slope · x; 1 or slope | at 0 the slope's side |
/// | `Minimum`, `AtMost`, `FirstMax`, `ArgSort` | NaN: passed on, 0, never chosen, last | to the first at a tie; none |
/// | `Where` | first input where the second is not 0 | to the first |
/// | `StopGradient`, `WithAdjoint` | the (last) input | none; what its rule says |
/// | `Broadcast`, `Sum`, `Reshape` | repeats, sums, other shapes | each other's |
/// | `Take`, `Put` | a fixed rearrangement (slice, pad, transpose, flip) and its adjoint | each other's |
/// | `Gather`, `SegmentSum` | rows by index, sums of rows by index | each other's |
/// | `TakeAlong`, `PutAlong` | elements by index along the last axis, and sums | each other's |
/// | `CumulativeSum` | running sums of the last axis | the reversed one |
/// | `Contract` | matrix products, also in stacks and over samples | two contractions |
/// | `Convolve`, `ConvolveInput`, `ConvolveWeights` | correlation and its two adjoints | each other's |
/// | `AveragePool`, `Spread` | window means, and their adjoint | each other's |
/// | `Repeat` | a body's trips, one after the other | a repeat in the other direction; one of states and tangents |
/// | `Cholesky`, `SolveTriangular`, `EigenSymmetric` | in double precision, rounded once | [org.phasezoo.graph.Factorisations]; not finite at equal eigenvalues |
///
/// [org.phasezoo.graph.Derivatives] composes the two tables of derivatives to any order.
/// Compositions with names of their own (GELU, SiLU, softplus, maximum, sorting, concatenation,
/// solves) are methods of [org.phasezoo.graph.Node]; a complex array is a pair of nodes.
///
/// # Repeats
///
/// [org.phasezoo.graph.Op.Repeat] runs a [org.phasezoo.graph.Body], a graph of its own, in t trips:
/// the state of a trip is the next state of the one before, slices of stacks are read and written
/// on the way, all else stays. A body of b nodes is one node over b nodes, whatever t; each result
/// (a last state, a stack of what was emitted, a stack of the states before each trip, the
/// *trajectory*) is a node, and a program makes all results of one repeat in one loop. Bodies hold
/// repeats, too.
///
/// The tangent is a repeat that carries states and tangents side by side. The adjoint of one result
/// is a repeat in the other direction, which reads the trajectories of the states that it needs,
/// computes a trip's inside once more from them, carries the adjoints of the states and a sum for
/// each fixed input, and emits the adjoints of the slices. Both are made of the rules of the body's
/// nodes, so every order follows, and neither nodes nor steps depend on t. Work and memory do: a
/// trajectory is t arrays of the size of its state, instead of all arrays of all trips; the work is
/// that of the trips and, going back, one more body a trip. Several results that have adjoints at
/// once are one reversed loop each: the gradient of a function of a gradient in n inputs makes n of
/// them and those of its trajectories, a Hessian–vector product by tangents of the gradient none.
///
/// [org.phasezoo.graph.FixedPoint#repeated] and [org.phasezoo.graph.FixedPoint#scanned] make
/// repeats of functions of nodes. [org.phasezoo.graph.FixedPoint#of] has the derivative of the
/// fixed point instead of that of the trips: its gradient solves for the adjoint by t more trips,
/// each a body and its pull-back, and keeps no array of the trips that found the point.
///
/// [org.phasezoo.graph.Recomputation] trades nodes for memory: its rule computes the body once more
/// from the inputs when the adjoint arrives, so the arrays inside the body live twice for a short
/// time and not from the forward to the backward pass. The body's nodes stand twice in the graph of
/// a gradient, and its work is done twice. Wrapped around each of √t repeats of √t trips it holds
/// states in proportion to √t.
@NullMarked
package org.phasezoo.graph;

import org.jspecify.annotations.NullMarked;
