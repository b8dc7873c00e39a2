package org.phasezoo.study.gaussian;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.kernel.Householder;
import org.phasezoo.random.Draws;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.State;
import org.phasezoo.study.Tensor;

/// A pass forward through all layers, then backward. Weights are drawn again by layer; what the
/// pass forward keeps for the pass backward is made again when a state is restored, so that a saved
/// state is one matrix and two counters.
public final class BatchNormChainState implements State {
    private final BatchNormChain study;
    private final Draws draws;
    private final int d;
    private final double[] batch;
    private final double[] x;
    private final double[] w;
    private final double[] scratch;
    private final List<BatchNorm> norms = new ArrayList<>();
    private final double[] gaps;
    private double[] gradient = new double[0];
    private double logDeterminant;
    private int layer;
    private int back;
    private double first;

    BatchNormChainState(BatchNormChain study, Draws draws, double[] batch) {
        this.study = study;
        this.draws = draws;
        this.d = study.dimension();
        this.batch = batch;
        this.x = batch.clone();
        this.w = new double[d * d];
        this.scratch = new double[d * d];
        this.gaps = new double[study.depth() + 1];
        this.logDeterminant =
                study.exactGap()
                        ? Householder.orthonormalise(batch.clone(), d, scratch)
                        : Double.NaN;
        gaps[0] = gapOf(x);
    }

    @Override
    public Arrays save() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("done", new Tensor.Int32(List.of(2), new int[] {layer, back}));
        tensors.put("gradient", new Tensor.Float64(List.of(gradient.length), gradient.clone()));
        return new Arrays(tensors);
    }

    void replay(Arrays saved) {
        if (!(saved.get("done") instanceof Tensor.Int32(_, int[] done))
                || done.length != 2
                || !(saved.get("gradient") instanceof Tensor.Float64(_, double[] values))) {
            throw new IllegalArgumentException(
                    "arrays \"done\" and \"gradient\" are not two int32 and float64");
        }
        while (layer < done[0]) {
            forward();
        }
        back = done[1];
        gradient = values.clone();
    }

    boolean forwardDone() {
        return layer == study.depth();
    }

    boolean finished() {
        return forwardDone() && back == study.depth();
    }

    int done() {
        return layer + back;
    }

    double firstGradient() {
        return first;
    }

    double gap(int at) {
        return gaps[at];
    }

    /// ln((1/n) Σ λ) − (2/n) ln |det X|.
    private double gapOf(double[] m) {
        double trace = 0;
        for (double v : m) {
            trace += v * v;
        }
        return StrictMath.log(trace / d) - 2 * logDeterminant / d;
    }

    private double gain(int at) {
        return study.shaping() == 0 ? 1 : StrictMath.pow(at, -study.shaping());
    }

    void forward() {
        layer++;
        double detW = study.initialisation().drawInto(draws, layer, d, w);
        double[] h = new double[d * d];
        Product.into(w, x, d, d, d, h);
        BatchNorm norm = new BatchNorm(h, d, study.centred());
        double logScales = 0;
        for (double scale : norm.scale) {
            logScales += StrictMath.log(scale);
        }
        double gain = gain(layer);
        for (int i = 0; i < d * d; i++) {
            x[i] = study.activation().of(gain * h[i]);
        }
        norms.add(norm);
        logDeterminant += detW + logScales + d * StrictMath.log(gain);
        gaps[layer] = gapOf(x);
    }

    /// The loss's gradient in X_L, once.
    void head(Draws headDraws) {
        if (back > 0 || gradient.length > 0) {
            return;
        }
        gradient = SoftmaxHead.gradient(x, d, headDraws);
    }

    /// One layer back: from the gradient in X_l to that in X_{l−1}; at the first layer, to that in
    /// W₁.
    void backward() {
        int at = study.depth() - back;
        norms.get(at - 1).backward(gradient, study.activation(), gain(at));
        if (at > 1) {
            study.initialisation().drawInto(draws, at, d, w);
            Product.transposedInto(w, gradient, d, d, d, scratch);
            System.arraycopy(scratch, 0, gradient, 0, d * d);
        } else {
            // G X₀ᵀ is the gradient in W₁
            first = Math.sqrt(Product.squareTransposed(gradient, batch, d));
        }
        back++;
    }
}
