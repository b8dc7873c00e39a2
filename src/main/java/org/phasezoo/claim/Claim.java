package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;
import org.phasezoo.random.Key;
import org.phasezoo.suite.Profile;

/// A published statement made testable.
///
/// @param where the place in the paper
/// @param kind primary claims share one error rate α; secondary ones are tested alone and never say
///   *reproduced*
/// @param registered whether it was fixed before the main seeds ran; later ones are exploratory
/// @param scope of this claim where it differs from the suite's
/// @param holds `[low, high]`, the region in which the claim holds
/// @param fails `[low, high]`, disjoint from it
/// @param pilotSd the standard deviation of the unit of the test among pilot seeds, for the power
public record Claim(
        String id,
        String statement,
        String where,
        Published published,
        Kind kind,
        boolean registered,
        Optional<Profile.Scope> scope,
        Selection selects,
        Measures measures,
        Statistic statistic,
        Estimand estimand,
        JsonNode holds,
        JsonNode fails,
        OptionalDouble pilotSd) {

    public enum Kind {
        PRIMARY,
        SECONDARY
    }

    /// What the claim is about, which decides the unit of the test.
    public enum Estimand {
        /// this grid: seeds are the unit
        THIS_GRID,
        /// grids like it: cells, rows and columns are the units
        OVER_CELLS
    }

    public Claim {
        if (!id.matches("[a-z0-9-]{1,60}")) {
            throw new IllegalArgumentException(
                    "id \"" + id + "\" has other characters than a-z, 0-9, -; rename it");
        }
        if (statement.isBlank()) {
            throw new IllegalArgumentException("statement is empty; say what is claimed");
        }
        if (!Region.parse("holds", holds).isDisjointFrom(Region.parse("fails", fails))) {
            throw new IllegalArgumentException(
                    "fails overlaps holds; make the two regions disjoint");
        }
        boolean both =
                statistic instanceof Statistic.Mean || statistic instanceof Statistic.Difference;
        boolean seedsOnly = statistic instanceof Statistic.CrossingSlope;
        if (!both && seedsOnly != (estimand == Estimand.THIS_GRID)) {
            throw new IllegalArgumentException(
                    "estimand does not go with this kind of statistic; write \""
                            + (seedsOnly ? "this-grid" : "over-cells")
                            + "\"");
        }
    }

    public Region holdsRegion() {
        return Region.parse("holds", holds);
    }

    public Region failsRegion() {
        return Region.parse("fails", fails);
    }

    /// The key of the draws of its permutation test.
    Key permutations() {
        return Key.of(
                "{\"axes\":{},\"purpose\":\"claim/"
                        + id
                        + "/permutation\",\"seed\":0,\"stream\":\"\"}");
    }
}
