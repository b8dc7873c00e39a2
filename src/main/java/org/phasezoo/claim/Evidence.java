package org.phasezoo.claim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.phasezoo.suite.Row;

/// What claims are judged on: measured rows, and for each population the means that select.
/// Immutable.
public final class Evidence {
    private final List<Placed> placed;
    private final SequencedMap<String, CellMeans> selecting;
    private final SequencedMap<String, List<Placed>> byDefinition = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedSet<Cell>> grids = new LinkedHashMap<>();

    /// A row and the cell in which it counts.
    record Placed(Row row, Cell cell) {}

    /// Evidence from rows.
    ///
    /// @param rows of all populations, in the order of their tables
    /// @param selecting population to the pilot's means; populations without any may be absent
    public static Evidence of(List<Row> rows, SequencedMap<String, CellMeans> selecting) {
        return new Evidence(
                rows.stream().map(r -> new Placed(r, new Cell(r.cell()))).toList(), selecting);
    }

    Evidence(List<Placed> placed, SequencedMap<String, CellMeans> selecting) {
        this.placed = List.copyOf(placed);
        this.selecting = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(selecting));
        for (Placed p : this.placed) {
            String population = p.row().population();
            byDefinition
                    .computeIfAbsent(
                            what(population, p.row().value().definition()), _ -> new ArrayList<>())
                    .add(p);
            grids.computeIfAbsent(population, _ -> new LinkedHashSet<>()).add(p.cell());
        }
    }

    private static String what(String population, String definition) {
        return population + "/" + definition;
    }

    List<Placed> placed() {
        return placed;
    }

    /// The rows of each definition of each population.
    SequencedMap<String, List<Placed>> byDefinition() {
        return byDefinition;
    }

    SequencedMap<String, CellMeans> selecting() {
        return selecting;
    }

    Measured measured(String population, String definition, String checkpoint) {
        return Measured.of(
                byDefinition.getOrDefault(what(population, definition), List.of()), checkpoint);
    }

    CellMeans selecting(String population) {
        return selecting.getOrDefault(population, CellMeans.empty());
    }

    /// Every cell of a population in which anything was measured, in the order of the rows.
    List<Cell> grid(String population) {
        SequencedSet<Cell> grid = grids.get(population);
        return grid == null ? List.of() : List.copyOf(grid);
    }
}
