package org.phasezoo.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The members of one JSON object, read one by one, so that the good ones are at hand when others
/// are not. [#close] tells which keys nobody asked for.
public final class Fields {
    private final Binder binder;
    private final JsonNode node;
    private final String pointer;
    private final Problems problems;
    private final List<String> asked = new ArrayList<>();

    private Fields(Binder binder, JsonNode node, String pointer, Problems problems) {
        this.binder = binder;
        this.node = node;
        this.pointer = pointer;
        this.problems = problems;
    }

    /// The members of the object at `pointer`; anything else is a problem and has no members.
    public static Fields of(Binder binder, JsonNode node, String pointer, Problems problems) {
        if (!node.isObject()) {
            problems.add(
                    pointer, "needs an object, found " + node.getNodeType(), "write an object");
        }
        return new Fields(binder, node, pointer, problems);
    }

    /// The pointer of a member.
    public String at(String name) {
        return Pointer.of(pointer, name);
    }

    /// The member as it stands, if it is there.
    public Optional<JsonNode> find(String name) {
        asked.add(name);
        return Optional.ofNullable(node.get(name));
    }

    /// The member as it stands; a problem if it is missing.
    public Optional<JsonNode> need(String name) {
        Optional<JsonNode> found = find(name);
        if (found.isEmpty() && node.isObject()) {
            problems.add(at(name), "\"" + name + "\" is missing", "add \"" + name + "\"");
        }
        return found;
    }

    /// The member bound to a type; a problem if it is missing or does not bind.
    public <T> Optional<T> need(String name, Class<T> type) {
        return need(name).flatMap(child -> binder.bind(type, child, at(name), problems));
    }

    /// The member bound to a type, if it is there and binds.
    public <T> Optional<T> find(String name, Class<T> type) {
        return find(name).flatMap(child -> binder.bind(type, child, at(name), problems));
    }

    /// The member's elements, those that bind; empty if it is absent.
    public <T> Optional<List<T>> findList(String name, Class<T> element) {
        return find(name).map(child -> list(child, at(name), element));
    }

    /// The member's elements, those that bind; a problem if it is missing.
    public <T> List<T> needList(String name, Class<T> element) {
        return need(name).map(child -> list(child, at(name), element)).orElse(List.of());
    }

    private <T> List<T> list(JsonNode child, String place, Class<T> element) {
        List<T> values = new ArrayList<>();
        if (!child.isArray()) {
            problems.add(place, "needs a list, found " + child.getNodeType(), "write a list");
        }
        for (int i = 0; i < child.size() && child.isArray(); i++) {
            binder.bind(element, child.get(i), Pointer.of(place, i), problems)
                    .ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    /// The member's own members in the document's order; none if it is absent.
    public SequencedMap<String, JsonNode> findMap(String name) {
        SequencedMap<String, JsonNode> values = new LinkedHashMap<>();
        Optional<JsonNode> child = find(name);
        if (child.isPresent()) {
            if (!child.get().isObject()) {
                problems.add(
                        at(name),
                        "needs an object, found " + child.get().getNodeType(),
                        "write an object");
            }
            for (Map.Entry<String, JsonNode> member : child.get().properties()) {
                values.put(member.getKey(), member.getValue());
            }
        }
        return Collections.unmodifiableSequencedMap(values);
    }

    /// Tells the keys that nobody asked for, each with the nearest known name.
    public void close() {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!asked.contains(member.getKey())) {
                problems.add(
                        at(member.getKey()),
                        "unknown key \"" + member.getKey() + "\"",
                        Nearest.mend(member.getKey(), asked));
            }
        }
    }
}
