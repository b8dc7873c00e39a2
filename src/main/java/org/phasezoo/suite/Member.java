package org.phasezoo.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;

/// A member to be: a cell and a seed.
///
/// @param id SHA-256 over its [#identity]
/// @param seed empty for a study that draws nothing
/// @param run its place in the grid, which alone decides its draws
public record Member(String id, Cell cell, OptionalInt seed, PlannedRun run, ObjectNode identity) {

    /// The member of a cell and a seed under a population's shares and stream.
    public static Member of(
            Cell cell, OptionalInt seed, SequencedMap<String, List<String>> shares, String stream) {
        PlannedRun run = new PlannedRun(cell.values(), seed, shares, stream);
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        identity.set("study", cell.settings());
        identity.set("axes", cell.axes());
        seed.ifPresent(value -> identity.put("seed", value));
        identity.put("stream", stream);
        ObjectNode sharesNode = identity.putObject("shares");
        shares.forEach((purpose, names) -> {
            ArrayNode list = sharesNode.putArray(purpose);
            names.forEach(list::add);
        });
        ObjectNode revisions = identity.putObject("revisions");
        cell.revisions().forEach(revisions::put);
        return new Member(Digest.of(Json.canonical(identity)), cell, seed, run, identity);
    }
}
