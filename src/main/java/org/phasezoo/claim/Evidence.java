package org.phasezoo.claim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.suite.Row;

/// What claims are judged on: measured rows, and for each population the means that select.
///
/// @param rows of all populations, in the order of their tables
/// @param selecting population to the pilot's means
public record Evidence(List<Row> rows, SequencedMap<String, CellMeans> selecting) {
    public Evidence {
        rows = List.copyOf(rows);
        selecting = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(selecting));
    }

    Measured measured(String population, String definition, String checkpoint) {
        return Measured.of(rows, population, definition, checkpoint);
    }

    CellMeans selecting(String population) {
        return selecting.getOrDefault(population, CellMeans.empty());
    }

    /// Every cell of a population in which anything was measured, in the order of the rows.
    List<Cell> grid(String population) {
        return rows.stream()
                .filter(r -> r.population().equals(population))
                .map(r -> new Cell(r.cell()))
                .distinct()
                .toList();
    }
}
