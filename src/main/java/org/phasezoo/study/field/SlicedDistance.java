package org.phasezoo.study.field;

import java.util.Arrays;

/// The sliced Wasserstein distance of order 2 between two sets of as many points of the plane: the
/// root of the mean, over 64 directions spread evenly over half a turn, of the mean squared
/// difference of sorted projections.
///
/// *Source*: Rabin, Peyré, Delon and Bernot, "Wasserstein barycenter and its application to texture
/// mixing", 2011.
final class SlicedDistance {
    private static final int DIRECTIONS = 64;

    private SlicedDistance() {}

    /// Of points (x, y) one after the other; NaN if any number is.
    static double between(double[] a, double[] b) {
        int n = a.length / 2;
        double sum = 0;
        double[] left = new double[n];
        double[] right = new double[n];
        for (int d = 0; d < DIRECTIONS; d++) {
            double angle = StrictMath.PI * d / DIRECTIONS;
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            for (int i = 0; i < n; i++) {
                left[i] = cos * a[2 * i] + sin * a[2 * i + 1];
                right[i] = cos * b[2 * i] + sin * b[2 * i + 1];
            }
            Arrays.sort(left);
            Arrays.sort(right);
            for (int i = 0; i < n; i++) {
                sum += (left[i] - right[i]) * (left[i] - right[i]);
            }
        }
        return Math.sqrt(sum / n / DIRECTIONS);
    }
}
