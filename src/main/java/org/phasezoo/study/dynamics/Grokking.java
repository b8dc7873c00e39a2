package org.phasezoo.study.dynamics;

import java.util.List;
import java.util.Optional;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
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
import org.phasezoo.study.UpdateProgram;

/// Generalisation long after memorisation: a perceptron learns part of a table of a modular
/// operation ([ModularNet], [ModularTable]) by full-batch AdamW (β .9, .98; 10 steps of warm-up).
///
/// It is looked at every 25 steps, t₉₉ the first look at which at least .99 of the pairs of
/// training are right, t₉₅ the first at which .95 of those of test are. The member ends 500 steps
/// after both, or at `cap`.
///
/// *Observables*: `steps.train99.v1`, `steps.test95.v1`, `cap` where not reached; `generalised.v1`,
/// 1 if t₉₅ was reached, else 0; `delay.ratio.v1`, t₉₅/t₉₉, with t₉₅ = `cap` where not reached a
/// lower bound; `accuracy.test.memorised.v1`, on the test at t₉₉; `accuracy.train.last.v1`,
/// `accuracy.test.last.v1`; `accuracy.test.gain.v1`, the last minus that at t₉₉;
/// `fourier.share.memorised.v1`, `fourier.share.last.v1`, `fourier.gain.v1` (their difference) and
/// `weights.growth.v1`, the norm of all parameters at the end over that at t₉₉. All but the last
/// accuracies and t₉₅ are undefined where t₉₉ was not reached (`steps.train99.v1` is then `cap`).
/// Series, every 100 steps: `accuracy.train.step.v1`, `accuracy.test.step.v1`,
/// `loss.train.step.v1`.
///
/// *Draws*: `labels` (a random table), `split` (which pairs are for training), `start` (weights).
/// *Stored net*: [ModularGraph]; `last` is one update past the last look.
///
/// *Source*: Power, Burda, Edwards, Babuschkin and Misra, "Grokking: generalization beyond
/// overfitting on small algorithmic datasets", 2022, with a perceptron in place of the transformer.
///
/// @param modulus p, a prime from 7 to 97
/// @param fraction of the pairs for training, .05 to .95
/// @param dimension of the embeddings, 2 to 512
/// @param width of the hidden layer, 2 to 1024
/// @param rate 1e-6 to 1
/// @param decay decoupled, of the matrices, 0 to 100
/// @param cap 100 to 1,000,000 steps, a multiple of 100
/// @param checkpoints which of `init` and `last` to keep
public record Grokking(
        ModularTable.Operation operation,
        int modulus,
        double fraction,
        int dimension,
        int width,
        double rate,
        double decay,
        int cap,
        List<Checkpoint> checkpoints)
        implements Study<Prepared<ModularNet>>, StoredNetStudy {
    private static final int LOOK = 25;
    private static final int SLICE = 500;
    private static final int WARM_UP = 10;

    public Grokking {
        ModularTable.refuse(modulus);
        Setting.within("fraction", fraction, .05, .95);
        Setting.within("dimension", dimension, 2, 512);
        Setting.within("width", width, 2, 1024);
        Setting.within("rate", rate, 1e-6, 1);
        Setting.within("decay", decay, 0, 100);
        GrokkingFindings.refuse(cap);
        checkpoints = StoredNetStudy.checked(checkpoints);
    }

    @Override
    public List<Observable> observables() {
        return GrokkingFindings.observables();
    }

    @Override
    public StoredNet net() {
        return ModularGraph.stored(modulus, dimension, width);
    }

    private ModularNet net(Run run) {
        ModularTable table =
                new ModularTable(operation, modulus, fraction, run.key("labels"), run.key("split"));
        return new ModularNet(table, modulus, dimension, width, rate, decay);
    }

    @Override
    public Optional<UpdateProgram> update(Run run) {
        return Optional.of(new UpdateProgram(net(run).learner.program(), Precision.FLOAT32));
    }

    @Override
    public Prepared<ModularNet> start(Run run) {
        ModularNet net = net(run);
        Saved carried = net.start(new Draws(run.key("start")));
        return new Prepared<>(net, GrokkingFindings.none(carried));
    }

    @Override
    public Prepared<ModularNet> restore(Run run, Arrays saved) {
        ModularNet net = net(run);
        return new Prepared<>(net, net.loaded(Saved.restore(saved)));
    }

    @Override
    public boolean advance(Prepared<ModularNet> state, Run run, Recorder out) {
        ModularNet net = state.given();
        Saved at = state.carried();
        if (at.step() == 0) {
            keep(Checkpoint.INIT, 0, net.parameters(), out);
        }
        GrokkingFindings found = new GrokkingFindings(net, at);
        for (int done = 0; done < SLICE; done++) {
            long step = at.step();
            boolean look = step % LOOK == 0;
            double loss = net.update(Math.min(1, (step + 1.0) / WARM_UP), look);
            if (!(loss < Double.POSITIVE_INFINITY)) {
                out.diverged("the loss is not finite at step " + step);
                return false;
            }
            if (look) {
                double[] accuracy = net.accuracies();
                found.note(loss, accuracy, out);
                if (step >= cap || found.over()) {
                    out.updates(step);
                    keep(Checkpoint.LAST, step + 1, net.parameters(), out);
                    found.report(accuracy, cap, out);
                    return false;
                }
            }
            at.stepped();
        }
        out.updates(at.step());
        net.store(at);
        return true;
    }

    @Override
    public double multiplyAdds() {
        // most members end before their cap
        return (double) modulus * modulus * width * modulus * cap;
    }
}
