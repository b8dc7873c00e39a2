package org.phasezoo.engine;

/// Images as a convolution reads them, with their border: all at `x`, where a copy was made as soon
/// as the images were; or made by the convolution itself, one tile after the other at `tile`, from
/// those without border at `x`.
record Images(int x, Padded padded, int tile) {
    boolean areTileByTile() {
        return tile != x;
    }

    /// Elements of a tile at `x`.
    int pitch() {
        return areTileByTile() ? padded.bare() : padded.size();
    }
}
