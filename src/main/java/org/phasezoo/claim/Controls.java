package org.phasezoo.claim;

import org.phasezoo.suite.Profile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.metric.Value;
import org.phasezoo.random.Draws;
import org.phasezoo.random.Key;
import org.phasezoo.suite.Row;

/// The judge judged: the same claims on published data, on shuffled cells, and on a table without variation.
///
/// *Shuffle*: each definition of each population has its cells' contents permuted, independently of the other
/// definitions; what selects stays as it is. *Constant*: every value is its definition's mean. Controls never say
/// *reproduced*.
///
/// @param positive the verdicts on the published data; empty when the suite has none
/// @param shuffled the verdicts on each shuffle
public record Controls(Optional<Verdicts> positive, List<Verdicts> shuffled, Verdicts constant) {
    /// How many shuffles there are.
    public static final int SHUFFLES = 20;

    /// `controls.json` in a suite.
    record Document(PublishedTables positive) {}

    public Controls {
        shuffled = List.copyOf(shuffled);
    }

    /// Runs all controls.
    ///
    /// @param published the evidence in the published tables, when the suite has such
    public static Controls of(Claims claims, Evidence evidence, Optional<Evidence> published) {
        List<Verdicts> shuffled = new ArrayList<>();
        for (int s = 0; s < SHUFFLES; s++) {
            shuffled.add(Judge.judge(claims, shuffle(evidence, s), Profile.Scope.PROXY));
        }
        Claims exact = new Claims(claims.list().stream().map(Controls::asControl).toList());
        return new Controls(
                published.map(p -> Judge.judge(exact, p, Profile.Scope.EXACT)),
                shuffled,
                Judge.judge(claims, constant(evidence), Profile.Scope.PROXY));
    }

    /// The claim without a scope of its own, and not registered, so that its verdict is never worded as a reproduction.
    private static Claim asControl(Claim c) {
        return new Claim(
                c.id(), c.statement(), c.where(), c.published(), c.kind(), false, Optional.empty(),
                c.selects(), c.measures(), c.statistic(), c.estimand(), c.holds(), c.fails(), c.pilotSd());
    }

    /// The evidence with the cells of every definition permuted; the same number gives the same permutation.
    static Evidence shuffle(Evidence evidence, int number) {
        List<Evidence.Placed> rows = new ArrayList<>();
        for (Map.Entry<String, List<Evidence.Placed>> rowsOf :
                evidence.byDefinition().entrySet()) {
            List<Cell> cells = rowsOf.getValue().stream()
                    .map(Evidence.Placed::cell)
                    .distinct()
                    .toList();
            Draws draws = new Draws(Key.of("{\"axes\":{},\"purpose\":\"control/shuffle/" + rowsOf.getKey()
                    + "\",\"seed\":" + number + ",\"stream\":\"\"}"));
            List<Cell> shuffled = new ArrayList<>(cells);
            for (int i = shuffled.size() - 1; i > 0; i--) {
                Collections.swap(shuffled, i, draws.below(i, i + 1));
            }
            SequencedMap<Cell, Cell> move = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                move.put(cells.get(i), shuffled.get(i));
            }
            for (Evidence.Placed placed : rowsOf.getValue()) {
                rows.add(new Evidence.Placed(
                        placed.row(), move.getOrDefault(placed.cell(), placed.cell())));
            }
        }
        return new Evidence(rows, evidence.selecting());
    }

    /// The evidence with every value replaced by its definition's mean over all rows of the population.
    static Evidence constant(Evidence evidence) {
        List<Evidence.Placed> rows = new ArrayList<>();
        for (List<Evidence.Placed> rowsOf : evidence.byDefinition().values()) {
            double sum = 0;
            int n = 0;
            for (Evidence.Placed placed : rowsOf) {
                double value = placed.row().value().value();
                sum += Double.isFinite(value) ? value : 0;
                n += Double.isFinite(value) ? 1 : 0;
            }
            for (Evidence.Placed placed : rowsOf) {
                Row row = placed.row();
                Value value = Double.isFinite(row.value().value())
                        ? Value.exact(row.value().definition(), sum / n)
                        : row.value();
                rows.add(new Evidence.Placed(
                        new Row(
                                row.population(),
                                row.subject(),
                                row.members(),
                                row.seeds(),
                                row.cell(),
                                row.checkpoint(),
                                value),
                        placed.cell()));
            }
        }
        return new Evidence(rows, evidence.selecting());
    }

    /// `{positive: {claims: [{id, verdict, value, low, high, n, why}]}, negative: {shuffles, claims: [{id, evaluated,
    /// holds}]}, constant: {claims: [{id, verdict}]}}`.
    public JsonNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode positives = root.putObject("positive").put("scope", "exact").putArray("claims");
        for (Verdict v : positive.map(Verdicts::list).orElse(List.of())) {
            ObjectNode claim = positives.addObject();
            claim.put("id", v.claim().id());
            claim.put("verdict", v.outcome().text());
            claim.set("value", Verdicts.number(v.value()));
            claim.set("low", Verdicts.number(v.interval().low()));
            claim.set("high", Verdicts.number(v.interval().high()));
            claim.put("n", v.n());
            claim.put("why", v.why());
        }
        ObjectNode negative = root.putObject("negative");
        negative.put("shuffles", shuffled.size());
        ArrayNode negatives = negative.putArray("claims");
        SequencedMap<String, int[]> counts = new LinkedHashMap<>();
        for (Verdicts verdicts : shuffled) {
            for (Verdict v : verdicts.list()) {
                int[] count = counts.computeIfAbsent(v.claim().id(), _ -> new int[2]);
                count[0] += v.outcome() == Verdict.Outcome.NOT_EVALUATED ? 0 : 1;
                count[1] += v.outcome() == Verdict.Outcome.HOLDS ? 1 : 0;
            }
        }
        for (Map.Entry<String, int[]> count : counts.entrySet()) {
            negatives
                    .addObject()
                    .put("id", count.getKey())
                    .put("evaluated", count.getValue()[0])
                    .put("holds", count.getValue()[1]);
        }
        ArrayNode constants = root.putObject("constant").putArray("claims");
        for (Verdict v : constant.list()) {
            constants.addObject().put("id", v.claim().id()).put("verdict", v.outcome().text());
        }
        return root;
    }
}
