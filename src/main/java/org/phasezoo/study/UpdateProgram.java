package org.phasezoo.study;

import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
import org.phasezoo.train.Footprint;

/// The program of one update of a member's net.
public record UpdateProgram(Program program, Precision precision) {
    /// The memory of the program, without what it reads.
    public Footprint arena() {
        return Footprint.ofArena(program, precision);
    }
}
