/// Programs: graphs laid out, fused, planned into an arena and run. Knows `graph`, `kernel`,
/// `random`.
///
/// # What a plan chooses
///
/// Where arrays stand ([org.phasezoo.engine.Layout]: samples or members in the lanes) is fixed by
/// the way in; every other choice of a plan is a constant of [org.phasezoo.engine.Choice] and may
/// be forced on or off for a whole program by [org.phasezoo.engine.Forced], which tests do. There
/// are four kinds:
///
/// | kind | choices |
/// |---|---|
/// | what is made beside what | `CHAINS`, `REPEATS`, `PAIRS`, `FACTORS`, `SUMS`, `BORDERS_BY_CHAINS` |
/// | copies that kernels read | `SHARED_BORDERS`, `ROW_COPIES`, `COLUMNS` |
/// | what stands how far apart, and how much is taken at a time | `ODD_PLANES`, `TILES_TOGETHER`, `MICRO_BATCHES` |
/// | what stands where something else stood | `REUSE`, `OVERWRITING` |
///
/// None can move a bit. The value of an element, and the order in which sums and products take
/// their terms, belong to the op and not to the plan ([org.phasezoo.graph.Op]); each value is
/// rounded to the program's precision by the op that makes it, in a register as in memory, so that
/// two kernels in one round twice and a product inside a sum is rounded before it is added; a copy
/// has the bits of what it copies; the zeros of a border and of absent samples are taken as terms
/// on both ways or on none; a chain of sums goes on from one block or tile to the next; and memory
/// is written anew only after its last reader.
///
/// # Repeats
///
/// All results of one repeat that a program needs are one step, a loop over the steps of the body,
/// which is planned into the arena of the program: it reads fixed inputs where they stand, its
/// memory holds other arrays before and after, and a state whose last value is wanted stands in
/// that value's place. A body is planned once, whatever the number of trips, and only as far as the
/// results need it. Choices hold inside as outside, but for copies as rows (`ROW_COPIES`), which a
/// body's inputs have none of.
@NullMarked
package org.phasezoo.engine;

import org.jspecify.annotations.NullMarked;
