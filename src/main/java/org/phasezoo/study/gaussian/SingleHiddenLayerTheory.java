package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.study.Observable;
import org.phasezoo.study.OneSlice;
import org.phasezoo.study.Power;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Theory;

/// The exact cumulants of [SingleHiddenLayer].
///
/// *Definition*: cumulants add over independent units, so with m_k = E v^k E φ^k and u_k =
/// m_k/m₂^{k/2}, κ₄ = (u₄ − 3)/n and κ₆ = (u₆ − 15 u₄ + 30)/n². `density.excess.v1` is the first
/// correction of Edgeworth's expansion, n κ₄/24 He₄(x) times the normal density, at x = step/4.
///
/// *Source*: derived here; the expansion as in Antognini, 2019.
public record SingleHiddenLayerTheory(
        Activation activation, OutputLaw output, int width, double scale)
        implements Theory, Activated<OneSlice.Nothing> {
    public SingleHiddenLayerTheory {
        if (width < 1) {
            throw new IllegalArgumentException("width is " + width + "; choose at least 1");
        }
        if (!(scale > 0 && scale <= 100)) {
            throw new IllegalArgumentException(
                    "scale is " + scale + "; choose one above 0 and at most 100");
        }
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("cumulant.four.v1", false, "1"),
                new Observable("cumulant.four.scaled.v1", false, "1"),
                new Observable("cumulant.six.v1", false, "1"),
                new Observable("density.excess.v1", true, "1"));
    }

    @Override
    public void solve(Recorder out) {
        out.scalar("cumulant.four.v1", four());
        out.scalar("cumulant.four.scaled.v1", width * four());
        out.scalar("cumulant.six.v1", six());
        for (int step = -16; step <= 16; step++) {
            double x = step / 4.0;
            out.series(
                    "density.excess.v1",
                    step,
                    width * four() / 24 * Hermite.four(x) * Hermite.density(x));
        }
    }

    private double standardised(int k) {
        double unit = activation.moment(2, scale) * output.moment(2);
        return activation.moment(k, scale) * output.moment(k) / Power.of(unit, k / 2);
    }

    /// κ₄.
    double four() {
        return (standardised(4) - 3) / width;
    }

    /// κ₆.
    double six() {
        return (standardised(6) - 15 * standardised(4) + 30) / ((double) width * width);
    }
}
