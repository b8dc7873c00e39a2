package org.phasezoo.claim;

import java.util.Optional;

/// What a claim tests: a definition, in a population, at a checkpoint where there are several.
public record Measures(String definition, String population, Optional<String> checkpoint) {}
