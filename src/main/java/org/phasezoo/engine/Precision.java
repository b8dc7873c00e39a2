package org.phasezoo.engine;

/// Element type of a program's real arrays.
public enum Precision {
    FLOAT32(Float.BYTES),
    FLOAT64(Double.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /// Of an element.
    public int bytes() {
        return bytes;
    }
}
