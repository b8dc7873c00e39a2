package org.phasezoo.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// All the work that a suite's profile stands for, in order: populations as written, cells
/// row-major, members cell × seed, then the measures of each population.
public record Plan(Suite suite, Profile profile, List<Part> parts) {
    public Plan {
        parts = List.copyOf(parts);
    }

    /// One population's members and measure tasks.
    public record Part(Population population, List<Member> members, List<MeasureTask> tasks) {
        public Part {
            members = List.copyOf(members);
            tasks = List.copyOf(tasks);
        }
    }

    /// The plan of a profile.
    public static Plan of(Suite suite, Profile profile) {
        List<Part> parts = new ArrayList<>();
        for (Population population : profile.populations().values()) {
            List<Member> members = members(population);
            List<MeasureTask> tasks = new ArrayList<>();
            for (Measure measure : suite.measures(population.name())) {
                tasks.addAll(MeasureTask.of(measure, population, members));
            }
            parts.add(new Part(population, members, tasks));
        }
        return new Plan(suite, profile, parts);
    }

    private static List<Member> members(Population population) {
        List<Member> members = new ArrayList<>();
        for (Cell cell : population.cells()) {
            if (!cell.study().seeded()) {
                members.add(
                        Member.of(
                                cell,
                                OptionalInt.empty(),
                                population.shares(),
                                population.stream()));
                continue;
            }
            for (int seed : population.seeds()) {
                members.add(
                        Member.of(
                                cell,
                                OptionalInt.of(seed),
                                population.shares(),
                                population.stream()));
            }
        }
        return members;
    }

    /// How many members there are in all populations.
    public int members() {
        int count = 0;
        for (Part part : parts) {
            count += part.members().size();
        }
        return count;
    }
}
