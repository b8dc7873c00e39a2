package org.phasezoo.study.dynamics;

import java.util.List;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;

/// The gradient of a random linear function of z(T), dz/dt = f(z) with a fresh [VectorField], by
/// the adjoint equation under an adaptive solver ([DormandPrince]), beside that of 2,000
/// Runge–Kutta steps, in double precision.
///
/// *Observables*: `error.gradient.v1`, `error.state.v1`: relative ℓ₂ errors of the gradient in the
/// parameters and of z(T); `error.start.v1`: that of z(0) found again backwards;
/// `evaluations.forward.v1`, `evaluations.backward.v1` of the field, and `evaluations.ratio.v1`,
/// backward over forward; `order.v1`: −Δ ln(error of z(T)) / Δ ln(evaluations) from this tolerance
/// to a hundredth of it.
///
/// *Failure*: a solution that would take more than `mostSteps` steps ends the member as diverged.
///
/// *Draws*: `field` (parameters), `start` (z(0) ~ N(0, 1)), `function` (coefficients ~ N(0, 1)).
///
/// *Source*: Chen, Rubanova, Bettencourt and Duvenaud, "Neural ordinary differential equations",
/// 2018, sections 2 and 3, figure 3.
///
/// @param dimension of the state, 1 to 64
/// @param width of the two hidden layers, 1 to 256
/// @param gain of the weights, .1 to 10
/// @param span T, .01 to 100
/// @param tolerance relative and absolute, 1e-12 to .5
/// @param mostSteps 1 to 1,000,000
public record AdjointGradient(
        int dimension, int width, double gain, double span, double tolerance, int mostSteps)
        implements Iterated {
    private static final int FINE = 2000;

    public AdjointGradient {
        Setting.within("dimension", dimension, 1, 64);
        Setting.within("width", width, 1, 256);
        Setting.within("gain", gain, .1, 10);
        Setting.within("span", span, .01, 100);
        Setting.within("tolerance", tolerance, 1e-12, .5);
        Setting.within("mostSteps", mostSteps, 1, 1_000_000);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("error.gradient.v1", false, "1"),
                new Observable("error.state.v1", false, "1"),
                new Observable("error.start.v1", false, "1"),
                new Observable("evaluations.forward.v1", false, "1"),
                new Observable("evaluations.backward.v1", false, "1"),
                new Observable("evaluations.ratio.v1", false, "1"),
                new Observable("order.v1", false, "1"));
    }

    @Override
    public Saved start(Run run) {
        return new Saved();
    }

    private double[] normal(Draws draws) {
        double[] values = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = draws.normal(i);
        }
        return values;
    }

    static double relative(double[] found, double[] exact) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < exact.length; i++) {
            error += (found[i] - exact[i]) * (found[i] - exact[i]);
            size += exact[i] * exact[i];
        }
        return Math.sqrt(error / size);
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        double[] theta = VectorField.draw(dimension, width, gain, new Draws(run.key("field")));
        VectorField field = new VectorField(dimension, width, theta);
        double[] start = normal(new Draws(run.key("start")));
        double[] c = normal(new Draws(run.key("function")));
        out.updates(1);
        Gradients.Adjoint adjoint = Gradients.adjoint(field, start, c, span, tolerance, mostSteps);
        DormandPrince.Solution finer =
                DormandPrince.solve(
                        (y, to) -> field.value(y, 0, to, 0),
                        start,
                        span,
                        tolerance / 100,
                        mostSteps);
        if (!adjoint.finished() || !finer.finished()) {
            out.diverged("the solver needs more than " + mostSteps + " steps");
            return false;
        }
        double[][] fine = Gradients.discretised(field, start, c, span, FINE);
        double error = relative(adjoint.end(), fine[1]);
        double finerError = relative(finer.y(), fine[1]);
        out.scalar("error.gradient.v1", relative(adjoint.gradient(), fine[0]));
        out.scalar("error.state.v1", error);
        out.scalar("error.start.v1", relative(adjoint.startAgain(), start));
        out.scalar("evaluations.forward.v1", adjoint.forward());
        out.scalar("evaluations.backward.v1", adjoint.backward());
        out.scalar("evaluations.ratio.v1", (double) adjoint.backward() / adjoint.forward());
        out.scalar(
                "order.v1",
                StrictMath.log(error / finerError)
                        / StrictMath.log((double) finer.evaluations() / adjoint.forward()));
        return false;
    }

    @Override
    public double multiplyAdds() {
        return 30.0 * FINE * (2.0 * dimension * width + (double) width * width);
    }
}
