package org.phasezoo.study.particle;

/// What a law follows.
public enum MinimaxMethod {
    DESCENT_ASCENT,
    AVERAGED_GRADIENT,
    BEST_RESPONSE
}
