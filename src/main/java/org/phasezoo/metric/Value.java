package org.phasezoo.metric;

/// One measured number with its errors kept apart.
///
/// @param definition the definition's id, for example `hessian.lambda-max.v1`
/// @param value the value; NaN unless `status` is `ok`
/// @param seEstimator standard error of the estimator (probes, iterations); NaN when it has none
/// @param nEstimator number of probes behind it; 0 when it has none
/// @param seSample standard error over examples; NaN when it has none
/// @param nSample number of examples; 0 when it has none
/// @param status `ok`, `not-converged` or `undefined`
/// @param residual what the estimator left unsolved (for λ_max the residual norm); NaN when it has
///   none
public record Value(
        String definition,
        double value,
        double seEstimator,
        long nEstimator,
        double seSample,
        long nSample,
        String status,
        double residual) {

    /// An exact value without errors.
    public static Value exact(String definition, double value) {
        return new Value(
                definition,
                value,
                Double.NaN,
                0,
                Double.NaN,
                0,
                Double.isNaN(value) ? "undefined" : "ok",
                Double.NaN);
    }
}
