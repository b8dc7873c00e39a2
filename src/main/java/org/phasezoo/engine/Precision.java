package org.phasezoo.engine;

/// Element type of a program's real arrays.
public enum Precision {
    FLOAT32,
    FLOAT64
}
