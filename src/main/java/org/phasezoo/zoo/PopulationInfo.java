package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// All that a population's manifest says besides its files: enough to rebuild any member from it
/// alone, and nothing of the suite or profile that asked for it.
///
/// @param population its name
/// @param study settings before the axes' values replace theirs
/// @param axes the control parameters, in the suite's order
/// @param stream the stream of draws, `""` by default
/// @param shares for each purpose the axes (or `seed`) that its draws leave out
/// @param members in plan order
/// @param models for each architecture that has one, what `model-<architecture>.json` says
public record PopulationInfo(
        String population,
        ObjectNode study,
        List<Axis> axes,
        String stream,
        SequencedMap<String, List<String>> shares,
        List<Planned> members,
        SequencedMap<String, ObjectNode> models) {

    /// A control parameter: its name, the JSON pointer at which its values replace a setting, and
    /// its role.
    public record Axis(String name, String at, String role) {}

    /// A member to be stored.
    ///
    /// @param cell axis name to value, in the axes' order
    /// @param revisions of the ops and laws that its bits depend on
    /// @param architecture names its weights file `weights-<architecture>.arrow`; members of one
    ///   architecture have the same tensors
    public record Planned(
            String id,
            SequencedMap<String, JsonNode> cell,
            OptionalInt seed,
            SequencedMap<String, Integer> revisions,
            String architecture) {
        public Planned {
            cell = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(cell));
            revisions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(revisions));
            if (!architecture.matches("[a-z0-9-]+")) {
                throw new IllegalArgumentException(
                        "architecture \"" + architecture + "\" is not of [a-z0-9-]");
            }
        }
    }

    public PopulationInfo {
        axes = List.copyOf(axes);
        members = List.copyOf(members);
        shares = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shares));
        models = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(models));
        List<String> names = axes.stream().map(Axis::name).toList();
        for (Planned member : members) {
            if (!List.copyOf(member.cell().keySet()).equals(names)) {
                throw new IllegalArgumentException(
                        "member "
                                + member.id()
                                + " has axes "
                                + member.cell().keySet()
                                + "; the population has "
                                + names);
            }
        }
    }
}
