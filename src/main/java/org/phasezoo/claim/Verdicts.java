package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/// The verdicts on a suite's claims, in their order.
public record Verdicts(List<Verdict> list) {
    public Verdicts {
        list = List.copyOf(list);
    }

    /// `{suite, profile, claims: [{id, statement, where, kind, registered, scope, verdict, words,
    /// value, low, high, n, pHolds, pFails, published, why}]}`; what is infinite or undefined is
    /// `null`.
    public JsonNode toJson(String suite, String profile) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("suite", suite);
        root.put("profile", profile);
        ArrayNode claims = root.putArray("claims");
        for (Verdict v : list) {
            ObjectNode claim = claims.addObject();
            claim.put("id", v.claim().id());
            claim.put("statement", v.claim().statement());
            claim.put("where", v.claim().where());
            claim.put("kind", v.claim().kind().name().toLowerCase(Locale.ROOT));
            claim.put("registered", v.claim().registered());
            claim.put("scope", v.scopeText());
            claim.put("verdict", v.outcome().text());
            claim.put("words", v.words());
            claim.set("value", number(v.value()));
            claim.set("low", number(v.interval().low()));
            claim.set("high", number(v.interval().high()));
            claim.put("n", v.n());
            claim.set("pHolds", number(v.pHolds()));
            claim.set("pFails", number(v.pFails()));
            ObjectNode published = claim.putObject("published");
            published.set("value", v.claim().published().value());
            published.put("source", v.claim().published().source());
            published.put("known", v.claim().published().known().name().toLowerCase(Locale.ROOT));
            claim.put("why", v.why());
        }
        return root;
    }

    /// How many have this outcome.
    public int count(Verdict.Outcome outcome) {
        return (int) list.stream().filter(v -> v.outcome() == outcome).count();
    }

    static JsonNode number(double x) {
        return Double.isFinite(x) ? DoubleNode.valueOf(x) : NullNode.getInstance();
    }
}
