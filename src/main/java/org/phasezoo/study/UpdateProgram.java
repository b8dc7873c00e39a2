package org.phasezoo.study;

import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;

/// The program of one update of a member's net.
public record UpdateProgram(Program program, Precision precision) {}
