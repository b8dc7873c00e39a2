package org.phasezoo.engine;

import org.phasezoo.kernel.Lanes;

/// Which samples of a batch run: `before` tiles came before, and with the `last` ones its sums end.
record Part(int before, boolean last) {
    /// All.
    static final Part WHOLE = new Part(0, true);

    boolean first() {
        return before == 0;
    }

    /// How many tiles of its chunk came before a tile of this part.
    int inChunk(int tile) {
        return (before + tile) % Lanes.CHUNK_TILES;
    }
}
