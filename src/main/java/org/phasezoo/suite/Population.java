package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.study.Observable;

/// One study over a grid, at the size of one profile.
///
/// @param settings the study's settings before the axes' values are put in
/// @param seeds empty for a study that draws nothing
/// @param shares purpose to the axes (or `seed`) that its draws leave out
/// @param stream tells apart draws that are the same in all else; empty by default
/// @param cells row-major in the order of the axes, the last axis fastest
public record Population(
        String name,
        JsonNode settings,
        List<Axis> axes,
        List<Integer> seeds,
        SequencedMap<String, List<String>> shares,
        String stream,
        List<Cell> cells) {
    public Population {
        axes = List.copyOf(axes);
        seeds = List.copyOf(seeds);
        shares = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shares));
        cells = List.copyOf(cells);
    }

    /// What its members record by themselves: the union over its cells, in order of first
    /// appearance.
    public List<Observable> observables() {
        List<Observable> all = new ArrayList<>();
        for (Cell cell : cells) {
            for (Observable observable : cell.study().observables()) {
                if (!all.contains(observable)) {
                    all.add(observable);
                }
            }
        }
        return List.copyOf(all);
    }

    /// The revisions of the ops and laws that its members' bits depend on, by name.
    public SequencedMap<String, Integer> revisions() {
        SequencedMap<String, Integer> all = new TreeMap<>();
        for (Cell cell : cells) {
            all.putAll(cell.revisions());
        }
        return all;
    }
}
