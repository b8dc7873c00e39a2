package org.phasezoo.engine;

/// One step of a program, told.
///
/// @param kernel what runs: the op, or the ops of an element-wise chain in order
/// @param shape shape of the array that it writes
/// @param bytes size of that array in the arena
/// @param flops floating-point operations at full count: two a multiply-add, one an element of each element-wise op
/// @param place its first element in the arena
public record Explained(String kernel, String shape, long bytes, double flops, int place) {}
