package org.phasezoo.study.field;

import org.phasezoo.engine.Workspace;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Run;
import org.phasezoo.study.StreamObjective;

/// The examples of one update of a mean flow: data, noise and two times. Example i of update n is
/// number n · batch + i of every draw.
final class RingExamples implements StreamObjective.Examples {
    private static final double MEAN = -.4;

    private final Draws data;
    private final Draws noise;
    private final Draws times;
    private final int batch;
    private final double ratio;

    RingExamples(Run run, int batch, double ratio) {
        this.data = new Draws(run.key("data"));
        this.noise = new Draws(run.key("noise"));
        this.times = new Draws(run.key("times"));
        this.batch = batch;
        this.ratio = ratio;
    }

    private double time(long index) {
        return 1 / (1 + StrictMath.exp(-MEAN - times.normal(index)));
    }

    @Override
    public void set(Workspace work, long update) {
        double[] x = new double[2 * batch];
        double[] e = new double[2 * batch];
        double[] r = new double[batch];
        double[] t = new double[batch];
        for (int i = 0; i < batch; i++) {
            long example = update * batch + i;
            Ring.point(data, example, x, 2 * i);
            e[2 * i] = noise.normal(2 * example);
            e[2 * i + 1] = noise.normal(2 * example + 1);
            double one = time(3 * example);
            double two = time(3 * example + 1);
            t[i] = Math.max(one, two);
            r[i] = times.uniform(3 * example + 2) < ratio ? Math.min(one, two) : t[i];
        }
        work.count(VelocityNet.ROWS, batch);
        work.set("data", x);
        work.set("noise", e);
        work.set("r", r);
        work.set("t", t);
    }
}
