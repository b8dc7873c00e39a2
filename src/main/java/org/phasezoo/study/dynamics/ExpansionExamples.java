package org.phasezoo.study.dynamics;

import org.phasezoo.engine.Workspace;
import org.phasezoo.study.Run;
import org.phasezoo.study.StreamObjective;
import org.phasezoo.train.Tensors;

/// What stays the same in the training of a [TwoLayerExpansion]: examples, the weights at the start
/// and λ₀.
final class ExpansionExamples implements StreamObjective.Examples {
    private final TwoLayerExpansion expansion;
    private final ScalarExamples data;
    private final double[] start;

    ExpansionExamples(TwoLayerExpansion expansion, Run run) {
        this.expansion = expansion;
        this.data = expansion.data(run);
        this.start = expansion.start(run);
    }

    /// λ₀.
    double sharpness() {
        return new TangentKernel(expansion.model(), expansion.function(), data.x)
                .sharpness(start, start);
    }

    @Override
    public void begin(Workspace work) {
        work.set("x", data.x);
        work.set("y", data.y);
        if (expansion.model() != TaylorModel.NET) {
            new Tensors("", expansion.function().withStart().subList(2, 4)).set(work, start);
        }
        work.set("sharpness", sharpness());
    }

    @Override
    public void set(Workspace work, long update) {}
}
