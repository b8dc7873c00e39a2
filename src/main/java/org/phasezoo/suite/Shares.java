package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Nearest;
import org.phasezoo.document.Pointer;
import org.phasezoo.document.Problems;

/// What draws are shared: purpose to the names that its keys leave out.
final class Shares {
    private Shares() {}

    static SequencedMap<String, List<String>> read(
            SequencedMap<String, JsonNode> texts,
            String pointer,
            List<String> allowed,
            Binder binder,
            Problems problems) {
        SequencedMap<String, List<String>> shares = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> text : texts.entrySet()) {
            String place = Pointer.of(pointer, text.getKey());
            List<String> names = new ArrayList<>();
            if (!text.getValue().isArray()) {
                problems.add(place, "needs a list of names", "write a list");
            }
            for (int i = 0; i < text.getValue().size() && text.getValue().isArray(); i++) {
                String at = Pointer.of(place, i);
                Optional<String> name =
                        binder.bind(String.class, text.getValue().get(i), at, problems);
                if (name.isPresent() && !allowed.contains(name.get())) {
                    problems.add(
                            at,
                            "unknown name \"" + name.get() + "\"",
                            Nearest.mend(name.get(), allowed));
                }
                name.ifPresent(names::add);
            }
            shares.put(text.getKey(), List.copyOf(names));
        }
        return shares;
    }
}
