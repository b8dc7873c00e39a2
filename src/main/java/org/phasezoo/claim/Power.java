package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.statistic.Normal;
import org.phasezoo.statistic.StudentT;

/// What a planned run could show: for each claim its n and the smallest effect it would detect four
/// times in five.
///
/// *Definition*: (t₁₋α + t.₈) · sd / √n with sd the claim's `pilotSd`, α of the claim (a fifth of
/// .05 for one of five primary claims), n − 1 degrees of freedom; NaN without a `pilotSd` or with n
/// < 2.
///
/// @param n units: cells, or seeds for the estimand `this-grid`
/// @param detectable in the unit of the claim's statistic
public record Power(String id, long n, double detectable) {
    /// A population as planned.
    public record Planned(
            String population, List<SequencedMap<String, JsonNode>> cells, int seeds) {}

    public static List<Power> of(
            Claims claims, List<Planned> planned, SequencedMap<String, CellMeans> selecting) {
        long primary = claims.list().stream().filter(c -> c.kind() == Claim.Kind.PRIMARY).count();
        List<Power> powers = new ArrayList<>();
        for (Claim claim : claims.list()) {
            long n = 0;
            for (Planned p : planned) {
                if (p.population().equals(claim.measures().population())) {
                    List<Cell> grid = p.cells().stream().map(Cell::new).toList();
                    CellMeans means = selecting.getOrDefault(p.population(), CellMeans.empty());
                    List<Cell> read =
                            Selected.reads(claim)
                                    ? grid.stream().filter(means::has).toList()
                                    : grid;
                    int cells = new Selector(read, means).cells(claim.selects()).size();
                    n =
                            claim.estimand() == Claim.Estimand.THIS_GRID
                                    ? (long) Math.max(1, p.seeds())
                                    : cells;
                }
            }
            double alpha = claim.kind() == Claim.Kind.PRIMARY ? Judge.ALPHA / primary : Judge.ALPHA;
            double detectable =
                    claim.pilotSd().isEmpty() || n < 2
                            ? Double.NaN
                            : (new StudentT(n - 1).quantile(1 - alpha) + Normal.quantile(.8))
                                    * claim.pilotSd().getAsDouble()
                                    / Math.sqrt((double) n);
            powers.add(new Power(claim.id(), n, detectable));
        }
        return powers;
    }

    /// `{id, n, detectable}`; `null` where nothing can be said.
    public JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("n", n);
        json.set("detectable", Verdicts.number(detectable));
        return json;
    }
}
