package org.phasezoo.study.gaussian;

import org.phasezoo.kernel.Householder;
import org.phasezoo.random.Draws;

/// How a square weight matrix is drawn.
public enum Initialisation {
    /// uniform on the orthogonal group (Haar's measure)
    ORTHOGONAL,
    /// independent normal entries of variance 1/n
    GAUSSIAN;

    /// Draws the n × n matrix number `layer` into `w` (row-major), entry (i, j) from the pair at index
    /// (layer n² + i n + j)/2. *Returns* ln |det w|.
    double drawInto(Draws draws, long layer, int n, double[] w) {
        double[] pair = new double[2];
        double[] a = new double[n * n];
        double unit = 1 / Math.sqrt(n);
        for (int i = 0; i < n * n; i += 2) {
            draws.normalPairInto((layer * n * n + i) / 2, pair);
            a[i] = unit * pair[0];
            a[i + 1] = unit * pair[1];
        }
        if (this == GAUSSIAN) {
            System.arraycopy(a, 0, w, 0, n * n);
            return Householder.orthonormalise(a, n, new double[n * n]);
        }
        Householder.orthonormalise(a, n, w);
        return 0;
    }
}
