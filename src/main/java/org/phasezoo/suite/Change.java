package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Fields;
import org.phasezoo.document.Pointer;
import org.phasezoo.document.Problems;

/// What a profile replaces in a population: seeds, values of axes, and settings at pointers.
record Change(
        String pointer,
        Optional<List<Integer>> seeds,
        SequencedMap<String, List<JsonNode>> values,
        SequencedMap<String, JsonNode> set) {
    static final Change NONE =
            new Change("", Optional.empty(), new LinkedHashMap<>(), new LinkedHashMap<>());

    static Change read(JsonNode node, String pointer, Binder binder, Problems problems) {
        Fields fields = Fields.of(binder, node, pointer, problems);
        Optional<List<Integer>> seeds = fields.findList("seeds", Integer.class);
        SequencedMap<String, List<JsonNode>> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> axis : fields.findMap("values").entrySet()) {
            List<JsonNode> list = new ArrayList<>();
            axis.getValue().forEach(list::add);
            if (!axis.getValue().isArray()) {
                problems.add(
                        Pointer.of(fields.at("values"), axis.getKey()),
                        "needs a list of values",
                        "write a list");
            }
            values.put(axis.getKey(), list);
        }
        SequencedMap<String, JsonNode> set = fields.findMap("set");
        fields.close();
        return new Change(pointer, seeds, values, set);
    }
}
