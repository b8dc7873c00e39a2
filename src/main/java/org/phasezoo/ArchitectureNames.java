package org.phasezoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;
import org.phasezoo.study.NetStudy;
import org.phasezoo.suite.Cell;
import org.phasezoo.suite.Population;

/// The names under which a population stores its architectures: their ids, and where nets of one id
/// differ in settings that no tensor's shape shows (an activation), `-` and the first eight digits
/// of the SHA-256 of the canonical settings behind it.
final class ArchitectureNames {
    private final SequencedMap<String, TreeSet<String>> known = new TreeMap<>();

    ArchitectureNames(List<NetStudy> nets) {
        for (NetStudy net : nets) {
            known.computeIfAbsent(net.architectureId(), _ -> new TreeSet<>())
                    .add(Json.canonical(net.settings()));
        }
    }

    /// Those of a population's cells.
    static ArchitectureNames of(Population population) {
        List<NetStudy> nets = new ArrayList<>();
        for (Cell cell : population.cells()) {
            if (cell.study() instanceof NetStudy net) {
                nets.add(net);
            }
        }
        return new ArchitectureNames(nets);
    }

    String of(NetStudy net) {
        String id = net.architectureId();
        return Objects.requireNonNull(known.get(id)).size() == 1
                ? id
                : id + "-" + Digest.of(Json.canonical(net.settings())).substring(0, 8);
    }
}
