package org.phasezoo.engine;

import static org.phasezoo.kernel.Lanes.LANES;

import java.util.TreeMap;

/// Places for arrays in one block of memory, planned before anything runs: first fit over what is
/// free.
final class Arena {
    /// Array data begin 16 bytes after an object of 64-byte alignment; 12 floats on is a cache
    /// line.
    private static final int START = 12;

    /// Kernels mask places with one bit less.
    private static final int MOST = 1 << 30;

    private final TreeMap<Integer, Integer> free = new TreeMap<>();
    private final boolean reuses;
    private int end = START;

    /// `reuses`: whether what was given back may be taken again.
    Arena(boolean reuses) {
        this.reuses = reuses;
    }

    int take(int size) {
        for (var hole : free.entrySet()) {
            if (hole.getValue() >= size) {
                int at = hole.getKey();
                int left = hole.getValue() - size;
                free.remove(at);
                if (left > 0) {
                    free.put(at + size, left);
                }
                return at;
            }
        }
        return reserve(size);
    }

    /// A place that no other array has had or will have.
    int reserve(int size) {
        if (size > MOST - LANES - end) {
            throw new IllegalArgumentException(
                    "the program has more than 2^30 elements; take a smaller net or batch");
        }
        int at = end;
        end += size;
        return at;
    }

    void giveBack(int at, int size) {
        if (!reuses) {
            return;
        }
        var before = free.floorEntry(at);
        if (before != null && before.getKey() + before.getValue() == at) {
            free.remove(before.getKey());
            at = before.getKey();
            size += before.getValue();
        }
        Integer after = free.remove(at + size);
        free.put(at, after == null ? size : size + after);
    }

    /// Elements in all.
    int size() {
        return end;
    }
}
