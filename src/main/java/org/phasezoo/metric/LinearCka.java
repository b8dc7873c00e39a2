package org.phasezoo.metric;

/// Linear centred kernel alignment of two sets of features of the same n examples.
final class LinearCka {
    private LinearCka() {}

    /// *Definition*: ‖XᵀY‖² / (‖XᵀX‖ · ‖YᵀY‖), columns centred, Frobenius norms: the biased
    /// estimator. 1 for equal features; NaN where features do not vary. *Source*: Kornblith et al.,
    /// "Similarity of neural network representations revisited", 2019, equation 4.
    static double biased(double[] x, double[] y, int d, int[] rows) {
        double[] cx = centred(x, d, rows);
        double[] cy = centred(y, d, rows);
        return square(cx, cy, d) / Math.sqrt(square(cx, cx, d) * square(cy, cy, d));
    }

    /// *Definition*: HSIC₁(K, L) / √(HSIC₁(K, K) · HSIC₁(L, L)) with linear kernels and the
    /// unbiased estimator HSIC₁. *Source*: Song et al., "Feature selection via dependence
    /// maximization", 2012, equation 5; Nguyen, Raghu and Kornblith 2021, equation 3.
    static double debiased(double[] x, double[] y, int d, int[] rows) {
        double[] a = pick(x, d, rows);
        double[] b = pick(y, d, rows);
        return hsic(a, b, d) / Math.sqrt(hsic(a, a, d) * hsic(b, b, d));
    }

    private static double[] pick(double[] x, int d, int[] rows) {
        double[] picked = new double[rows.length * d];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, rows[i] * d, picked, i * d, d);
        }
        return picked;
    }

    private static double[] centred(double[] x, int d, int[] rows) {
        double[] c = pick(x, d, rows);
        for (int j = 0; j < d; j++) {
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                sum += c[i * d + j];
            }
            for (int i = 0; i < rows.length; i++) {
                c[i * d + j] -= sum / rows.length;
            }
        }
        return c;
    }

    /// ‖XᵀY‖², Frobenius.
    private static double square(double[] x, double[] y, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double c = 0;
                for (int k = 0; k < x.length; k += d) {
                    c = Math.fma(x[k + i], y[k + j], c);
                }
                sum += c * c;
            }
        }
        return sum;
    }

    private static double hsic(double[] x, double[] y, int d) {
        int n = x.length / d;
        double[] kx = new double[n];
        double[] ky = new double[n];
        double trace = square(x, y, d) - diagonal(x, y, d, kx, ky);
        double sumX = 0;
        double sumY = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            sumX += kx[i];
            sumY += ky[i];
            product += kx[i] * ky[i];
        }
        return (trace + sumX * sumY / ((n - 1.0) * (n - 2)) - 2.0 / (n - 2) * product)
                / (n * (n - 3.0));
    }

    /// Writes the row sums of both kernels without their diagonals, and returns Σᵢ Kᵢᵢ Lᵢᵢ.
    private static double diagonal(double[] x, double[] y, int d, double[] kx, double[] ky) {
        int n = kx.length;
        double[] sx = new double[d];
        double[] sy = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                sx[j] += x[i * d + j];
                sy[j] += y[i * d + j];
            }
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double dx = 0;
            double dy = 0;
            for (int j = 0; j < d; j++) {
                kx[i] += x[i * d + j] * sx[j];
                ky[i] += y[i * d + j] * sy[j];
                dx += x[i * d + j] * x[i * d + j];
                dy += y[i * d + j] * y[i * d + j];
            }
            kx[i] -= dx;
            ky[i] -= dy;
            sum += dx * dy;
        }
        return sum;
    }
}
