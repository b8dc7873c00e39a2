package org.phasezoo.study.dynamics;

import java.util.List;
import org.phasezoo.study.Looks;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;

/// What is seen of a net that learns [ModularArithmetic]. It carries t₉₉ and t₉₅, and the test
/// accuracy, norm and Fourier share at t₉₉; NaN where not reached yet.
final class GrokkingLooks implements Looks {
    private static final int LOOK = 25;
    private static final int SERIES = 100;
    private static final int AFTER = 500;

    private final ModularTable table;
    private final int modulus;
    private final int dimension;
    private final long most;

    /// @param most updates
    GrokkingLooks(ModularTable table, int modulus, int dimension, long most) {
        this.table = table;
        this.modulus = modulus;
        this.dimension = dimension;
        this.most = most;
    }

    static void refuse(int updates) {
        Setting.within("updates", updates, SERIES, 1_000_000);
        if (updates % SERIES != 0) {
            throw new IllegalArgumentException(
                    "updates is " + updates + "; choose a multiple of " + SERIES);
        }
    }

    static List<Observable> observables() {
        return List.of(
                new Observable("steps.train99.v1", false, "1"),
                new Observable("steps.test95.v1", false, "1"),
                new Observable("generalised.v1", false, "1"),
                new Observable("delay.ratio.v1", false, "1"),
                new Observable("accuracy.test.memorised.v1", false, "1"),
                new Observable("accuracy.train.last.v1", false, "1"),
                new Observable("accuracy.test.last.v1", false, "1"),
                new Observable("accuracy.test.gain.v1", false, "1"),
                new Observable("fourier.share.memorised.v1", false, "1"),
                new Observable("fourier.share.last.v1", false, "1"),
                new Observable("fourier.gain.v1", false, "1"),
                new Observable("weights.growth.v1", false, "1"),
                new Observable("accuracy.train.step.v1", true, "1"),
                new Observable("accuracy.test.step.v1", true, "1"),
                new Observable("loss.train.step.v1", true, "nat"));
    }

    static boolean isLook(long update) {
        return update % LOOK == 0;
    }

    @Override
    public boolean due(long update) {
        return isLook(update);
    }

    @Override
    public boolean look(Seen seen, Saved at, Recorder out) {
        if (at.step() == 0) {
            at.with("t99", Double.NaN)
                    .with("t95", Double.NaN)
                    .with("testAtT99", Double.NaN)
                    .with("normAtT99", Double.NaN)
                    .with("shareAtT99", Double.NaN);
        }
        if (!Double.isFinite(seen.loss())) {
            return false;
        }
        double[] logits = new double[table.size() * modulus];
        seen.outputs().get(TableLoss.LOGITS, logits, 0);
        double[] accuracy = table.accuracies(logits);
        note(seen, accuracy, at, out);
        boolean over = at.step() >= Math.max(at.number("t99"), at.number("t95")) + AFTER;
        if (over || seen.last()) {
            report(seen.parameters(), accuracy, at, out);
        }
        return over;
    }

    private void note(Seen seen, double[] accuracy, Saved at, Recorder out) {
        if (at.step() % SERIES == 0) {
            out.series("accuracy.train.step.v1", at.step(), accuracy[0]);
            out.series("accuracy.test.step.v1", at.step(), accuracy[1]);
            out.series("loss.train.step.v1", at.step(), seen.loss());
        }
        if (Double.isNaN(at.number("t99")) && accuracy[0] >= .99) {
            at.set("t99", at.step());
            at.set("testAtT99", accuracy[1]);
            at.set("normAtT99", norm(seen.parameters()));
            at.set("shareAtT99", share(seen.parameters()));
        }
        if (Double.isNaN(at.number("t95")) && accuracy[1] >= .95) {
            at.set("t95", at.step());
        }
    }

    /// The Euclidean norm of all parameters.
    private static double norm(double[] parameters) {
        double squares = 0;
        for (double value : parameters) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    private double share(double[] parameters) {
        return FourierPower.share(parameters, modulus, dimension);
    }

    /// @param accuracy at the end
    private void report(double[] parameters, double[] accuracy, Saved at, Recorder out) {
        double t99 = at.number("t99");
        boolean generalised = !Double.isNaN(at.number("t95"));
        double t95 = generalised ? at.number("t95") : most;
        double share = share(parameters);
        out.scalar("steps.train99.v1", Double.isNaN(t99) ? most : t99);
        out.scalar("steps.test95.v1", t95);
        out.scalar("generalised.v1", generalised ? 1 : 0);
        out.scalar("delay.ratio.v1", t95 / t99);
        out.scalar("accuracy.test.memorised.v1", at.number("testAtT99"));
        out.scalar("accuracy.train.last.v1", accuracy[0]);
        out.scalar("accuracy.test.last.v1", accuracy[1]);
        out.scalar("accuracy.test.gain.v1", accuracy[1] - at.number("testAtT99"));
        out.scalar("fourier.share.memorised.v1", at.number("shareAtT99"));
        out.scalar("fourier.share.last.v1", share);
        out.scalar("fourier.gain.v1", share - at.number("shareAtT99"));
        out.scalar("weights.growth.v1", norm(parameters) / at.number("normAtT99"));
    }
}
