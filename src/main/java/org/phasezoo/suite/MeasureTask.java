package org.phasezoo.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;
import org.phasezoo.random.Key;

/// One subject of one measure: a member, an unordered pair of a cell's members, or all members of a
/// cell.
///
/// @param id SHA-256 over the metric, the checkpoint, the members' ids and the shares
/// @param members in ascending seed order
public record MeasureTask(String id, Measure measure, Cell cell, List<Member> members) {
    public MeasureTask {
        members = List.copyOf(members);
    }

    static List<MeasureTask> of(Measure measure, Population population, List<Member> all) {
        List<MeasureTask> tasks = new ArrayList<>();
        for (Cell cell : population.cells()) {
            List<Member> here =
                    all.stream()
                            .filter(member -> member.cell() == cell)
                            .sorted(Comparator.comparingInt(member -> member.seed().orElse(0)))
                            .toList();
            switch (measure.metric().subject()) {
                case MEMBER ->
                        here.forEach(member -> tasks.add(of(measure, cell, List.of(member))));
                case PAIR -> {
                    for (int i = 0; i < here.size(); i++) {
                        for (int j = i + 1; j < here.size(); j++) {
                            tasks.add(of(measure, cell, List.of(here.get(i), here.get(j))));
                        }
                    }
                }
                case CELL -> tasks.add(of(measure, cell, here));
            }
        }
        return tasks;
    }

    private static MeasureTask of(Measure measure, Cell cell, List<Member> members) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.set("metric", measure.settings());
        text.put("checkpoint", measure.checkpoint());
        ArrayNode ids = text.putArray("members");
        members.forEach(member -> ids.add(member.id()));
        ObjectNode shares = text.putObject("shares");
        measure.shares().forEach((purpose, names) -> names.forEach(shares.putArray(purpose)::add));
        return new MeasureTask(Digest.of(Json.canonical(text)), measure, cell, members);
    }

    /// The key of a purpose (`<definition>/<what>`) for this subject: over the canonical `{members,
    /// purpose, stream}`, without `members` where the purpose shares them.
    public Key key(String purpose) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        if (!measure.shares().getOrDefault(purpose, List.of()).contains("members")) {
            ArrayNode ids = text.putArray("members");
            members.forEach(member -> ids.add(member.id()));
        }
        text.put("purpose", purpose);
        text.put("stream", "");
        return Key.of(Json.canonical(text));
    }
}
