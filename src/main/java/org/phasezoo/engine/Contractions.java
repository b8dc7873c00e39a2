package org.phasezoo.engine;

import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;
import org.phasezoo.kernel.FloatContract;
import org.phasezoo.kernel.FloatContractFixed;
import org.phasezoo.kernel.FloatContractInside;
import org.phasezoo.kernel.FloatContractSamples;
import org.phasezoo.kernel.Lanes;

/// Plans matrix products: over samples, of samples with a fixed matrix, inside samples, of fixed
/// matrices.
final class Contractions {
    private Contractions() {}

    static Step of(Node node, boolean left, boolean right, int y, Plan plan) {
        Shape a = node.input(0).shape();
        Shape b = node.input(1).shape();
        int pa = plan.place(node.input(0));
        int pb = plan.place(node.input(1));
        int rank = a.rank();
        int inner = a.size(rank - (left ? 2 : 1));
        plan.count((double) inner * node.shape().elements());
        if (a.isBounded() && rank == 2 && left) {
            int row = RowCopies.row(b.size(1));
            int rows = Lanes.CHUNK_TILES * Lanes.LANES * row;
            int panels = FloatContractSamples.panels(a.size(1));
            int scratch = scratch(Lanes.LANES + row + panels + rows, plan);
            return new Step.ContractOverSamples(
                    a.rows(), pa, a.size(1), pb, b.size(1), plan.rows(node.input(1)), scratch, y);
        }
        if (a.isBounded() && rank == 2) {
            int outer = b.size(right ? 0 : 1);
            int scratch = scratch(FloatContract.scratch(inner, outer), plan);
            return new Step.ContractPerSample(
                    a.rows(),
                    pa,
                    inner,
                    pb,
                    right ? inner : 1,
                    right ? 1 : outer,
                    outer,
                    scratch,
                    y);
        }
        int m = a.size(rank - (left ? 1 : 2));
        int n = b.size(rank - (right ? 2 : 1));
        int stack = node.shape().rowElements() / (m * n);
        int ai = left ? 1 : inner;
        int ak = left ? m : 1;
        int bk = right ? 1 : n;
        int bj = right ? inner : 1;
        if (a.isBounded()) {
            boolean apart = ak > 1 && bk > 1;
            int scratch = scratch(apart ? FloatContractInside.scratch(m, n, inner) : 0, plan);
            return new Step.ContractInside(
                    a.rows(), stack, pa, ai, ak, pb, bk, bj, m, n, inner, scratch, y);
        }
        int scratch = scratch(FloatContractFixed.scratch(inner), plan);
        return new Step.ContractFixed(stack, pa, ai, ak, pb, bk, bj, m, n, inner, scratch, y);
    }

    /// A place that is free again at once, since nothing else runs beside the step; 0 for none.
    private static int scratch(int size, Plan plan) {
        if (size == 0) {
            return 0;
        }
        int at = plan.take(size);
        plan.giveBack(at, size);
        return at;
    }
}
