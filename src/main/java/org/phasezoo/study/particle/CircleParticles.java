package org.phasezoo.study.particle;

import org.phasezoo.random.Draws;

/// The particles of one player on the circle: `count` places of an array from `from` on, written in
/// place.
record CircleParticles(double[] place, int from, int count) {
    /// The mean features of their law.
    double[] moments() {
        double[] sum = new double[Payoff.FEATURES];
        double[] one = new double[Payoff.FEATURES];
        for (int j = 0; j < count; j++) {
            Payoff.features(place[from + j], one);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += one[k];
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= count;
        }
        return sum;
    }

    /// One Langevin step down a potential, given by its coefficients; particle j's noise is at
    /// `index` + j.
    void move(double[] potential, double time, double temperature, Draws noise, long index) {
        double size = Math.sqrt(2 * time * temperature);
        double[] one = new double[Payoff.FEATURES];
        for (int j = 0; j < count; j++) {
            Payoff.features(place[from + j], one);
            double slope = 0;
            for (int k = 1; k < one.length; k += 2) {
                slope += (k + 1) / 2 * (potential[k + 1] * one[k] - potential[k] * one[k + 1]);
            }
            place[from + j] += -time * slope + size * noise.normal(index + j);
        }
    }
}
