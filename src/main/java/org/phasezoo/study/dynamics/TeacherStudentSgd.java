package org.phasezoo.study.dynamics;

import java.util.List;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Checkpoint;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Prepared;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.study.StoredNet;
import org.phasezoo.study.StoredNetStudy;
import org.phasezoo.study.Study;

/// Stochastic gradient descent of the middle matrix of a three-layer tanh net towards a teacher
/// that shares the other two ([FrozenEnds]).
///
/// *System*: W starts at N(0, σ²/first), σ = `disorder`; each step takes the next of `batches`
/// fixed batches of `batchSize` examples, in an order that never changes: W ← W − T Σ ∇(f − y)²/2
/// over the batch, with T = ε/|B| the ratio of rate to batch size (`temperature`). A batch loss
/// above 100 ends the member as diverged.
///
/// *Observables* at the end, on 1000 fresh inputs: `loss.test.v1`, ⟨(f − y)²⟩, and
/// `loss.relative.v1`, ⟨(f − y)²⟩/Var(y); `memory.initial.v1`, ⟨s₀ · s⟩/second with s = tanh(W a)
/// the hidden state now and s₀ at the start, and `memory.kept.v1`, its ratio to ⟨s₀ · s₀⟩/second;
/// `overlap.teacher.v1`, ⟨s* · s⟩/second; `weights.growth.v1`, ‖W‖/‖W₀‖; `singular.drift.v1`, the
/// root mean square of log sᵢ/sᵢ(0) over the singular values in their order; `singular.share.v1`,
/// the largest one's share of ‖W‖². Series, at 20 times: `loss.test.step.v1`,
/// `memory.initial.step.v1`, `singular.largest.step.v1`.
///
/// *Draws*: `teacher`, as in [FrozenEnds]; `start`, W₀ row-major. *Stored net*: [StudentGraph].
///
/// *Source*: Park, Lucini and Aarts, "Phase diagram and eigenvalue dynamics of stochastic gradient
/// descent in multilayer neural networks", 2025, with the sizes of its code.
///
/// @param disorder σ, .001 to 1000
/// @param temperature ε/|B|, 1e-4 to 1000
/// @param batchSize 1 to 256
/// @param batches 1 to 10,000
/// @param epochs 1 to 100,000
/// @param inputs 1 to 64
/// @param first width of the first hidden layer, 2 to 256
/// @param second width of the second, 2 to 64
/// @param checkpoints which of `init` and `last` to keep
public record TeacherStudentSgd(
        double disorder,
        double temperature,
        int batchSize,
        int batches,
        int epochs,
        int inputs,
        int first,
        int second,
        List<Checkpoint> checkpoints)
        implements Study<Prepared<FrozenEnds>>, StoredNetStudy {
    private static final int LOOKS = 20;
    private static final int SLICE = 20_000;
    private static final double TOO_HIGH = 100;

    public TeacherStudentSgd {
        Setting.within("disorder", disorder, 1e-3, 1000);
        Setting.within("temperature", temperature, 1e-4, 1000);
        Setting.within("batchSize", batchSize, 1, 256);
        Setting.within("batches", batches, 1, 10_000);
        Setting.within("epochs", epochs, 1, 100_000);
        Setting.within("inputs", inputs, 1, 64);
        Setting.within("first", first, 2, 256);
        Setting.within("second", second, 2, 64);
        checkpoints = StoredNetStudy.checked(checkpoints);
        Setting.within("batches · batchSize", (double) batches * batchSize, 1, 100_000);
        Setting.within("batches · epochs", (double) batches * epochs, LOOKS, 1e9);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("loss.test.v1", false, "1"),
                new Observable("loss.relative.v1", false, "1"),
                new Observable("memory.initial.v1", false, "1"),
                new Observable("memory.kept.v1", false, "1"),
                new Observable("overlap.teacher.v1", false, "1"),
                new Observable("weights.growth.v1", false, "1"),
                new Observable("singular.drift.v1", false, "1"),
                new Observable("singular.share.v1", false, "1"),
                new Observable("loss.test.step.v1", true, "1"),
                new Observable("memory.initial.step.v1", true, "1"),
                new Observable("singular.largest.step.v1", true, "1"));
    }

    @Override
    public StoredNet net() {
        return StudentGraph.stored(inputs, first, second);
    }

    private FrozenEnds net(Run run) {
        return new FrozenEnds(inputs, first, second, batches * batchSize, run.key("teacher"));
    }

    @Override
    public Prepared<FrozenEnds> start(Run run) {
        FrozenEnds net = net(run);
        double[] start = net.drawn(run.key("start"), disorder);
        return new Prepared<>(net, new Saved().with("start", start).with("weights", start.clone()));
    }

    @Override
    public Prepared<FrozenEnds> restore(Run run, Arrays saved) {
        return new Prepared<>(net(run), Saved.restore(saved));
    }

    @Override
    public boolean advance(Prepared<FrozenEnds> state, Run run, Recorder out) {
        FrozenEnds net = state.given();
        Saved at = state.carried();
        double[] w = at.row("weights");
        long steps = (long) batches * epochs;
        if (at.step() == 0) {
            keep(Checkpoint.INIT, 0, net.tensors(w), out);
        }
        for (int done = 0; done < SLICE && at.step() < steps; done++) {
            if (at.step() % (steps / LOOKS) == 0) {
                StudentReport.look(net, at, out);
            }
            int batch = (int) (at.step() % batches);
            double loss = net.descend(w, batch * batchSize, batchSize, temperature);
            at.stepped();
            if (!(loss <= TOO_HIGH)) {
                out.updates(at.step());
                out.diverged("batch loss " + loss + " at step " + at.step());
                return false;
            }
        }
        out.updates(at.step());
        if (at.step() < steps) {
            return true;
        }
        keep(Checkpoint.LAST, steps, net.tensors(w), out);
        StudentReport.write(net, at, out);
        return false;
    }

    @Override
    public double multiplyAdds() {
        double layer = (double) first * second;
        double step = batchSize * (3 * layer + 150.0 * second);
        return step * batches * epochs + 3e6 * batches * batchSize / 4000 + 6e7;
    }
}
