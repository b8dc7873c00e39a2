package org.phasezoo.study.particle;

/// How a temperature goes with time.
public enum Cooling {
    FIXED,
    LOGARITHMIC,
    INVERSE;

    private static final double COLDEST = .02;

    double at(double temperature, double time) {
        return switch (this) {
            case FIXED -> temperature;
            case LOGARITHMIC ->
                    Math.max(COLDEST, temperature / StrictMath.log(StrictMath.E + time));
            case INVERSE -> Math.max(COLDEST, temperature / (1 + time));
        };
    }
}
