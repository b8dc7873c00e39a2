package org.phasezoo.study.spin;

import java.util.List;
import org.phasezoo.statistic.Normal;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Power;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Theory;

/// What a signal-to-noise argument and its replica-symmetric closure say about [DenseHebb] at
/// infinite N.
///
/// *Definition*: with signal M r^P and noise M(1 − r²) r^{2P−2} + γ (M (2P−3)!! + M(M−1) r²
/// E(gg')^{P−1}), g and g' standard normals of correlation r², `mattis.one-step.v1` = erf(SNR/√2).
/// `mattis.archetype.v1` is the fixed point, from m = q = 1, of m = E tanh(β(m^{P−1} + zσ)), q = E
/// tanh²(…), with σ² = σ_x² m^{2P−2} + σ_γ² q^{P−1} the noise of examples and of the other
/// archetypes in units of the signal; the limits at T = 0 are m = erf(m^{P−1}/(σ√2)), q = 1. The
/// reaction of the network on its own noise is left out, as is right for P > 2 and not for P = 2.
///
/// *Numerics*: the mean over z is a trapezoid rule with 257 points on [−8, 8] (its error is below
/// 1e-10 for these smooth integrands unless T is far below .01); iteration stops at a change below
/// 1e-12 or after 20,000 rounds.
///
/// *Source*: derived here; the paper is the one of [DenseHebb].
public record DenseHebbTheory(
        int order, double load, double temperature, double quality, int examples)
        implements Theory {
    private static final int POINTS = 257;
    private static final double EDGE = 8;

    public DenseHebbTheory {
        Setting.within("order", order, 2, 6);
        Setting.above("load", load, 0, 1);
        Setting.within("temperature", temperature, 0, 100);
        Setting.above("quality", quality, 0, 1);
        if (examples < 1) {
            throw new IllegalArgumentException("examples is " + examples + "; choose at least 1");
        }
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("mattis.one-step.v1", false, "1"),
                new Observable("mattis.archetype.v1", false, "1"));
    }

    @Override
    public void solve(Recorder out) {
        out.scalar("mattis.one-step.v1", oneStep());
        out.scalar("mattis.archetype.v1", magnetisation());
    }

    /// The share of spins whose field agrees with the archetype, minus the share whose does not.
    double oneStep() {
        return Normal.erf(1 / Math.sqrt(2 * (exampleNoise() + loadNoise())));
    }

    /// σ_x²: the noise of the retrieved archetype's own examples, in units of the signal squared.
    double exampleNoise() {
        return (1 - quality * quality) / (examples * quality * quality);
    }

    /// σ_γ²: the noise of all other archetypes' examples, in units of the signal squared.
    double loadNoise() {
        double m = examples;
        double signal = m * Power.of(quality, order);
        double among = quality * quality * productMoment(order - 1, quality * quality);
        return load
                * (m * doubleFactorial(2 * order - 3) + m * (m - 1) * among)
                / (signal * signal);
    }

    /// E (gg')^k of two standard normals of correlation ρ, by Wick's theorem: Σ_j (k!/(((k−j)/2)!
    /// 2^{(k−j)/2}))² ρ^j/j! over j of k's parity.
    static double productMoment(int k, double rho) {
        double sum = 0;
        for (int j = k % 2; j <= k; j += 2) {
            int half = (k - j) / 2;
            double ways = factorial(k) / (factorial(half) * Power.of(2, half));
            sum += ways * ways * Power.of(rho, j) / factorial(j);
        }
        return sum;
    }

    /// m of the retrieval state that is reached from the archetype.
    double magnetisation() {
        double m = 1;
        double q = 1;
        for (int round = 0; round < 20_000; round++) {
            double drive = Power.of(m, order - 1);
            double sigma =
                    Math.sqrt(
                            exampleNoise() * drive * drive + loadNoise() * Power.of(q, order - 1));
            double nextM;
            double nextQ = 1;
            if (temperature == 0) {
                nextM = sigma == 0 ? 1 : Normal.erf(drive / (sigma * Math.sqrt(2)));
            } else {
                double[] moments = moments(drive, sigma);
                nextM = moments[0];
                nextQ = moments[1];
            }
            double change = Math.abs(nextM - m) + Math.abs(nextQ - q);
            m = nextM;
            q = nextQ;
            if (change < 1e-12) {
                break;
            }
        }
        return m;
    }

    private double[] moments(double drive, double sigma) {
        double step = 2 * EDGE / (POINTS - 1);
        double first = 0;
        double second = 0;
        double all = 0;
        for (int i = 0; i < POINTS; i++) {
            double z = -EDGE + i * step;
            double weight = StrictMath.exp(-z * z / 2);
            double t = StrictMath.tanh((drive + z * sigma) / temperature);
            first += weight * t;
            second += weight * t * t;
            all += weight;
        }
        return new double[] {first / all, second / all};
    }

    private static double factorial(int n) {
        double product = 1;
        for (int k = 2; k <= n; k++) {
            product *= k;
        }
        return product;
    }

    private static double doubleFactorial(int n) {
        double product = 1;
        for (int k = n; k > 1; k -= 2) {
            product *= k;
        }
        return product;
    }
}
