package org.phasezoo.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Nearest;
import org.phasezoo.document.Pointer;
import org.phasezoo.document.Problem;
import org.phasezoo.document.Problems;

/// The claims of a suite, in the order of `claims.json`.
public record Claims(List<Claim> list) {
    /// At most so many primary claims share one error rate.
    static final int MOST_PRIMARY = 5;

    public Claims {
        list = List.copyOf(list);
    }

    /// Reads `claims.json`; every problem at once.
    ///
    /// @param observed what the suite's populations offer; empty when the suite itself could not be
    ///   read, and then names are not checked
    /// @throws org.phasezoo.document.InvalidDocument when there are problems
    public static Claims parse(String file, JsonNode root, List<Observed> observed) {
        List<Problem> found = new ArrayList<>();
        Claims claims = parse(file, root, observed, found);
        Problems problems = new Problems(file);
        problems.addAll(found);
        problems.refuseIfAny();
        return claims;
    }

    /// The same, adding problems to those found elsewhere; what could be read comes back.
    public static Claims parse(
            String file, JsonNode root, List<Observed> observed, List<Problem> found) {
        Problems problems = new Problems(file);
        List<Claim> claims = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        if (!root.isObject() || !root.path("claims").isArray()) {
            problems.add("/claims", "there is no list of claims", "write {\"claims\": [ … ]}");
        }
        root.fieldNames()
                .forEachRemaining(key -> {
                    if (!key.equals("claims")) {
                        problems.add(
                                Pointer.of("", key),
                                "unknown key \"" + key + "\"",
                                Nearest.mend(key, List.of("claims")));
                    }
                });
        JsonNode list = root.path("claims");
        int primary = 0;
        for (int i = 0; i < list.size(); i++) {
            String pointer = Pointer.of("/claims", i);
            Optional<Claim> bound =
                    Binder.plain().bind(Claim.class, list.get(i), pointer, problems);
            if (bound.isEmpty()) {
                continue;
            }
            Claim claim = bound.get();
            if (ids.contains(claim.id())) {
                problems.add(
                        pointer + "/id",
                        "\"" + claim.id() + "\" is taken by an earlier claim",
                        "rename it");
            }
            ids.add(claim.id());
            if (claim.kind() == Claim.Kind.PRIMARY && ++primary > MOST_PRIMARY) {
                problems.add(
                        pointer + "/kind",
                        "more than " + MOST_PRIMARY + " claims are primary",
                        "make this one secondary");
            }
            new ClaimCheck(observed, pointer, problems).check(claim);
            claims.add(claim);
        }
        found.addAll(problems.list());
        return new Claims(claims);
    }
}
