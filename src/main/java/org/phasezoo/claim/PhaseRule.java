package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Problems;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.statistic.CellMean;

/// A phase rule as data, from a suite's `phases.json`.
///
/// *Interpolating*: train error (mean over seeds) ≤ `mostTrainError` percent and train loss ≤
/// `lossFloorFactor` × the recipe's floor, the largest mean train loss of the pilot's cells whose
/// seeds all reach 100 %. With the barrier mc in percentage points (negative = barrier) and b =
/// `barrier`: **I** not interpolating and mc < −b; **II** not interpolating, else; **III**
/// interpolating and mc < −b; **IV** interpolating and |mc| ≤ b, split into **IV-A** and **IV-B**
/// (similarity ≥ cut) where a cut is stated; else `unclassified`, as is a cell where something is
/// missing.
///
/// *Probability*: the share of `draws` parametric resamples of the cell's means that give the same
/// label: the mean plus its standard error over seeds times a t draw with n − 1 degrees of freedom
/// (jackknife over members for pairs), plus the standard error over examples times a normal draw,
/// independently for each quantity. Draws are counter-based.
///
/// *Source*: Yang et al., Taxonomizing local versus global structure in neural network loss
/// landscapes, 2021; the thresholds are stated in the rule itself.
///
/// @param id names the table, `phases-<id>.csv`
/// @param mostTrainError in percent; the error is 100 minus the mean train accuracy
public record PhaseRule(
        String id,
        String population,
        Quantities quantities,
        double mostTrainError,
        double lossFloorFactor,
        double barrier,
        Cut cut,
        int draws) {

    /// The definitions the rule reads.
    public record Quantities(
            String trainAccuracy, String trainLoss, String connectivity, String similarity) {}

    /// Where IV is split, for this metric and recipe, and how that is known.
    public record Cut(double value, Basis basis, String why) {
        public enum Basis {
            /// from labels or data of this recipe
            CALIBRATED,
            /// picked by eye
            CHOSEN
        }
    }

    public PhaseRule {
        if (!id.matches("[a-z0-9-]{1,60}")) {
            throw new IllegalArgumentException(
                    "id \"" + id + "\" has other characters than a-z, 0-9, -; rename it");
        }
        if (draws < 100 || draws > 100_000) {
            throw new IllegalArgumentException("draws is " + draws + "; choose 100 to 100000");
        }
        if (!(barrier > 0)) {
            throw new IllegalArgumentException("barrier is " + barrier + "; choose one above 0");
        }
    }

    /// Reads `phases.json`.
    ///
    /// @throws org.phasezoo.document.InvalidDocument when there are problems
    public static PhaseRule parse(String file, JsonNode root) {
        Problems problems = new Problems(file);
        var rule = Binder.plain().bind(PhaseRule.class, root, "", problems);
        problems.refuseIfAny();
        return rule.orElseThrow();
    }

    /// The recipe's loss floor: the largest mean train loss among the pilot's cells whose seeds all
    /// reach 100 %. NaN when there is none; then no cell is interpolating.
    public double floor(CellMeans pilot) {
        double floor = Double.NaN;
        for (Cell cell : pilot.cells()) {
            double loss = pilot.at(cell, quantities.trainLoss());
            if (pilot.at(cell, quantities.trainAccuracy()) >= 100 && !(loss <= floor)) {
                floor = loss;
            }
        }
        return floor;
    }

    /// The label at these values; `unclassified` where one that is needed is NaN.
    String label(
            double trainAccuracy, double trainLoss, double mc, double similarity, double floor) {
        if (Double.isNaN(trainAccuracy) || Double.isNaN(trainLoss) || Double.isNaN(mc)) {
            return "unclassified";
        }
        boolean interpolating =
                100 - trainAccuracy <= mostTrainError + 1e-9
                        && trainLoss <= lossFloorFactor * floor;
        if (!interpolating) {
            return mc < -barrier ? "I" : "II";
        }
        if (mc < -barrier) {
            return "III";
        }
        if (mc > barrier || Double.isNaN(similarity)) {
            return "unclassified";
        }
        return similarity >= cut.value() ? "IV-B" : "IV-A";
    }

    /// The map of the rule's population.
    public PhaseMap map(Evidence evidence) {
        double floor = floor(evidence.selecting(population));
        List<Measured> measured = new ArrayList<>();
        for (String definition :
                List.of(
                        quantities.trainAccuracy(),
                        quantities.trainLoss(),
                        quantities.connectivity(),
                        quantities.similarity())) {
            measured.add(evidence.measured(population, definition, ""));
        }
        List<PhaseMap.Labelled> cells = new ArrayList<>();
        for (Cell cell : evidence.grid(population)) {
            double[] mean = new double[measured.size()];
            double[] seedError = new double[mean.length];
            int[] df = new int[mean.length];
            double[] sampleError = new double[mean.length];
            for (int q = 0; q < mean.length; q++) {
                List<CellMean> found = measured.get(q).mean(cell, x -> x);
                mean[q] = found.isEmpty() ? Double.NaN : found.getFirst().mean();
                df[q] = found.isEmpty() ? 0 : found.getFirst().units() - 1;
                seedError[q] =
                        df[q] < 1
                                ? 0
                                : Math.sqrt(
                                        found.getFirst().unitVariance() / found.getFirst().units());
                sampleError[q] = measured.get(q).sampleError(cell);
            }
            String label = label(mean[0], mean[1], mean[2], mean[3], floor);
            Resample resample = new Resample(cell, mean, seedError, df, sampleError);
            cells.add(new PhaseMap.Labelled(cell.axes(), label, resample.share(label, floor)));
        }
        return new PhaseMap(this, floor, cells);
    }

    private final class Resample {
        private final Draws draws;
        private final double[] mean;
        private final double[] seedError;
        private final int[] df;
        private final double[] sampleError;

        Resample(Cell cell, double[] mean, double[] seedError, int[] df, double[] sampleError) {
            String json =
                    "{\"axes\":\""
                            + cell
                            + "\",\"purpose\":\"phase/"
                            + id
                            + "\",\"seed\":0,\"stream\":\"\"}";
            this.draws = new Draws(Key.of(json));
            this.mean = mean;
            this.seedError = seedError;
            this.df = df;
            this.sampleError = sampleError;
        }

        double share(String label, double floor) {
            int same = 0;
            for (int d = 0; d < PhaseRule.this.draws; d++) {
                double[] x = new double[mean.length];
                for (int q = 0; q < x.length; q++) {
                    x[q] = draw(q, d);
                }
                same += label(Math.min(100, x[0]), x[1], x[2], x[3], floor).equals(label) ? 1 : 0;
            }
            return (double) same / PhaseRule.this.draws;
        }

        /// Draw d of quantity q uses the counters from (d · quantities + q) · 64; a t draw with k
        /// degrees of freedom is a normal one over √(χ²ₖ/k).
        private double draw(int q, int d) {
            long at = ((long) d * mean.length + q) * 64;
            double x = mean[q];
            if (seedError[q] > 0) {
                double squares = 0;
                int k = Math.min(df[q], 60);
                for (int i = 0; i < k; i++) {
                    double z = draws.normal(at + 2 + i);
                    squares += z * z;
                }
                x += seedError[q] * draws.normal(at) / Math.sqrt(squares / k);
            }
            return sampleError[q] > 0 ? x + sampleError[q] * draws.normal(at + 1) : x;
        }
    }
}
