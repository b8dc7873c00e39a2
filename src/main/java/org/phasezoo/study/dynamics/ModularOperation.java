package org.phasezoo.study.dynamics;

import java.util.Locale;

/// The operation ∘, modulo p.
public enum ModularOperation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    /// a b⁻¹; the p pairs with b = 0 are in neither part.
    DIVIDE,
    SUM_OF_SQUARES,
    /// a³ + a b² + b
    CUBIC,
    /// A uniform draw for each pair, at its number.
    RANDOM;

    int of(int a, int b, int p) {
        return switch (this) {
            case ADD -> (a + b) % p;
            case SUBTRACT -> (a - b + p) % p;
            case MULTIPLY -> a * b % p;
            case DIVIDE -> a * inverse(b, p) % p;
            case SUM_OF_SQUARES -> (a * a + b * b) % p;
            case CUBIC -> (a * a * a + a * b * b + b) % p;
            case RANDOM -> throw new IllegalStateException("drawn, not computed");
        };
    }

    private static int inverse(int b, int p) {
        int power = 1;
        for (int i = 0; i < p - 2; i++) {
            power = power * b % p;
        }
        return power;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
