package org.phasezoo.engine;

/// Elements of the arena copied in each trip of a loop: `length` for each group, of which an array
/// has one, or with a bounded axis `rows` one a tile (of a member: a sample).
///
/// @param from where the first group's elements of trip 0 stand
/// @param fromApart from there to those of the next group
/// @param fromTrip from there to those of the next trip
record Copy(
        String rows,
        int length,
        int from,
        int fromApart,
        int fromTrip,
        int to,
        int toApart,
        int toTrip) {
    /// The same elements, and back.
    Copy back() {
        return new Copy(rows, length, to, toApart, toTrip, from, fromApart, fromTrip);
    }
}
