package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// What a population's manifest says, as JSON and back. Revisions that all members share stand
/// once.
final class PopulationJson {
    private static final String SCHEMA = "phasezoo.population.v1";

    private PopulationJson() {}

    static ObjectNode of(PopulationInfo info) {
        ObjectNode json = Json.object().put("schema", SCHEMA).put("population", info.population());
        json.set("study", info.study());
        ArrayNode axes = json.putArray("axes");
        for (PopulationInfo.Axis axis : info.axes()) {
            axes.addObject().put("name", axis.name()).put("at", axis.at()).put("role", axis.role());
        }
        json.put("stream", info.stream());
        ObjectNode shares = json.putObject("shares");
        info.shares().forEach((purpose, names) -> names.forEach(shares.putArray(purpose)::add));
        SequencedMap<String, Integer> common =
                info.members().isEmpty()
                        ? new LinkedHashMap<>()
                        : info.members().getFirst().revisions();
        json.set("revisions", revisions(common));
        ArrayNode members = json.putArray("members");
        for (PopulationInfo.Planned planned : info.members()) {
            ObjectNode member = members.addObject().put("id", planned.id());
            ObjectNode cell = member.putObject("cell");
            planned.cell().forEach(cell::set);
            planned.seed().ifPresent(seed -> member.put("seed", seed));
            member.put("architecture", planned.architecture());
            if (!planned.revisions().equals(common)) {
                member.set("revisions", revisions(planned.revisions()));
            }
        }
        return json;
    }

    private static ObjectNode revisions(SequencedMap<String, Integer> revisions) {
        ObjectNode json = Json.object();
        revisions.forEach(json::put);
        return json;
    }

    /// The population that a manifest describes, without its models.
    static PopulationInfo parse(Path folder, ObjectNode json) throws IOException {
        Path file = folder.resolve(Manifest.NAME);
        if (!json.path("schema").asText().equals(SCHEMA)
                || !(json.get("study") instanceof ObjectNode study)) {
            throw new DamagedFile(file, "not a manifest of a population (schema " + SCHEMA + ")");
        }
        List<PopulationInfo.Axis> axes = new ArrayList<>();
        for (JsonNode axis : json.path("axes")) {
            axes.add(
                    new PopulationInfo.Axis(
                            axis.path("name").asText(),
                            axis.path("at").asText(),
                            axis.path("role").asText()));
        }
        SequencedMap<String, List<String>> shares = new LinkedHashMap<>();
        for (var share : json.path("shares").properties()) {
            List<String> names = new ArrayList<>();
            share.getValue().forEach(name -> names.add(name.asText()));
            shares.put(share.getKey(), List.copyOf(names));
        }
        SequencedMap<String, Integer> common = revisions(json.path("revisions"));
        List<PopulationInfo.Planned> members = new ArrayList<>();
        try {
            for (JsonNode member : json.path("members")) {
                members.add(member(member, common));
            }
            return new PopulationInfo(
                    json.path("population").asText(),
                    study,
                    axes,
                    json.path("stream").asText(),
                    shares,
                    members,
                    new LinkedHashMap<>());
        } catch (IllegalArgumentException e) {
            throw new DamagedFile(file, String.valueOf(e.getMessage()));
        }
    }

    private static PopulationInfo.Planned member(
            JsonNode json, SequencedMap<String, Integer> common) {
        SequencedMap<String, JsonNode> cell = new LinkedHashMap<>();
        json.path("cell").properties().forEach(e -> cell.put(e.getKey(), e.getValue()));
        OptionalInt seed =
                json.has("seed")
                        ? OptionalInt.of(json.path("seed").intValue())
                        : OptionalInt.empty();
        SequencedMap<String, Integer> own =
                json.has("revisions") ? revisions(json.path("revisions")) : common;
        return new PopulationInfo.Planned(
                json.path("id").asText(), cell, seed, own, json.path("architecture").asText());
    }

    private static SequencedMap<String, Integer> revisions(JsonNode json) {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        json.properties().forEach(e -> revisions.put(e.getKey(), e.getValue().intValue()));
        return Collections.unmodifiableSequencedMap(revisions);
    }
}
