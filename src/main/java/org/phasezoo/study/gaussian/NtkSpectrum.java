package org.phasezoo.study.gaussian;

import java.util.List;
import org.phasezoo.kernel.SymmetricEigen;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Setting;
import org.phasezoo.study.Theory;

/// The eigenvalues of the infinitely wide net's kernel on equidistant points of the unit circle.
///
/// *Observables*: `eigenvalue.least.v1`, `eigenvalue.greatest.v1` of the matrix of Θ;
/// `eigenvalue.least.log.v1`, ln of the first.
///
/// *Source*: Jacot, Gabriel, Hongler, 2018, proposition 2 (positive definite on the sphere for two
/// layers and more).
///
/// @param points 2 to 256
public record NtkSpectrum(Activation activation, int layers, double bias, int points)
        implements Theory {
    public NtkSpectrum {
        NeuralTangent.refuse(activation, bias);
        Setting.within("layers", layers, 1, 64);
        Setting.within("points", points, 2, 256);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("eigenvalue.least.v1", false, "1"),
                new Observable("eigenvalue.least.log.v1", false, "1"),
                new Observable("eigenvalue.greatest.v1", false, "1"));
    }

    @Override
    public void solve(Recorder out) {
        double[] angles = NeuralTangent.equidistant(points);
        double[] m = new NeuralTangent(activation, layers, bias).matrix(angles, 1);
        SymmetricEigen.decompose(m, points, new double[points * points]);
        double least = m[0];
        double greatest = m[0];
        for (int i = 1; i < points; i++) {
            least = Math.min(least, m[i * points + i]);
            greatest = Math.max(greatest, m[i * points + i]);
        }
        out.scalar("eigenvalue.least.v1", least);
        out.scalar("eigenvalue.least.log.v1", least > 0 ? StrictMath.log(least) : Double.NaN);
        out.scalar("eigenvalue.greatest.v1", greatest);
    }

    @Override
    public double multiplyAdds() {
        return 60.0 * points * points * points;
    }
}
