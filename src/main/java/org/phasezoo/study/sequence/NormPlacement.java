package org.phasezoo.study.sequence;

import java.util.List;
import java.util.Optional;
import org.phasezoo.engine.Precision;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Iterated;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.Saved;
import org.phasezoo.study.Setting;
import org.phasezoo.study.UpdateProgram;

/// Gradients of a transformer at initialisation ([TransformerStack]), with the norm behind each
/// sub-layer's sum (post) or before each sub-layer and at the end (pre), on random symbols with
/// random targets, in float32.
///
/// *Observables*: `gradient.last.v1`, `gradient.first.v1`: the Frobenius norm of the loss's
/// derivative in the second matrix of the feed-forward part of the last and the first layer;
/// `gradient.tilt.v1`, their ratio; `loss.start.v1`, in nats. Series over layers (from 1):
/// `gradient.layer.v1`.
///
/// *Draws*: `weights` (matrix i's element j at draw 2³² i + j), `symbols` (token i at draw i),
/// `targets`.
///
/// *Source*: Xiong, Yang, He, Zheng, Zheng, Xing, Zhang, Lan, Wang and Liu, "On layer normalization
/// in the transformer architecture", 2020, theorem 1 and section 3.4.
///
/// @param layers 1 to 64
/// @param width 4 to 512
/// @param symbols 2 to 512
/// @param sequences 1 to 64
/// @param tokens of a sequence, 1 to 128
public record NormPlacement(
        Placement placement, int layers, int width, int symbols, int sequences, int tokens)
        implements Iterated {
    /// Where the norm stands.
    public enum Placement {
        PRE,
        POST
    }

    public NormPlacement {
        Setting.within("layers", layers, 1, 64);
        Setting.within("width", width, 4, 512);
        Setting.within("symbols", symbols, 2, 512);
        Setting.within("sequences", sequences, 1, 64);
        Setting.within("tokens", tokens, 1, 128);
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("gradient.last.v1", false, "nat"),
                new Observable("gradient.first.v1", false, "nat"),
                new Observable("gradient.tilt.v1", false, "1"),
                new Observable("loss.start.v1", false, "nat"),
                new Observable("gradient.layer.v1", true, "nat"));
    }

    @Override
    public Saved start(Run run) {
        return new Saved();
    }

    @Override
    public boolean advance(Saved state, Run run, Recorder out) {
        double[] norms = gradientNorms(run, Precision.FLOAT32);
        double first = norms[1];
        double last = norms[layers];
        for (int layer = 1; layer <= layers; layer++) {
            out.series("gradient.layer.v1", layer, norms[layer]);
        }
        out.scalar("gradient.last.v1", last);
        out.scalar("gradient.first.v1", first);
        out.scalar("gradient.tilt.v1", last / first);
        out.scalar("loss.start.v1", norms[0]);
        out.updates(1);
        return false;
    }

    private InitialGradients gradients() {
        TransformerStack stack = new TransformerStack(placement, layers, width, symbols, false);
        return new InitialGradients(stack, sequences, tokens);
    }

    /// The loss, then the norms from the first layer on.
    double[] gradientNorms(Run run, Precision precision) {
        double[] inputs = oneHot(new Draws(run.key("symbols")));
        double[] targets = oneHot(new Draws(run.key("targets")));
        return gradients().norms(weights(run), inputs, targets, precision);
    }

    List<double[]> weights(Run run) {
        return gradients().weights(new Draws(run.key("weights")));
    }

    /// Uniform symbols, `(sequences, symbols, 1, tokens)`.
    private double[] oneHot(Draws draws) {
        double[] values = new double[sequences * symbols * tokens];
        for (int i = 0; i < sequences * tokens; i++) {
            int symbol = draws.below(i, symbols);
            values[(i / tokens * symbols + symbol) * tokens + i % tokens] = 1;
        }
        return values;
    }

    @Override
    public Optional<UpdateProgram> update(Run run) {
        return Optional.of(new UpdateProgram(gradients().program(), Precision.FLOAT32));
    }

    @Override
    public double multiplyAdds() {
        double tokensInAll = (double) sequences * tokens;
        return 3
                * tokensInAll
                * (layers * (12.0 * width * width + 2.0 * tokens * width) + 2.0 * symbols * width);
    }
}
