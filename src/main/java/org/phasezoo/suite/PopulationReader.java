package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Fields;
import org.phasezoo.document.Json;
import org.phasezoo.document.Nearest;
import org.phasezoo.document.Pointer;
import org.phasezoo.document.Problem;
import org.phasezoo.document.Problems;
import org.phasezoo.study.Study;

/// Reads one population of a suite and binds its cells at the size of each profile.
final class PopulationReader {
    private static final Pattern AXIS = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final List<String> RESERVED =
            List.of(
                    "id",
                    "seed",
                    "members",
                    "outcome",
                    "reason",
                    "updates",
                    "purpose",
                    "stream",
                    "population",
                    "definition");
    private static final int LARGEST_SEED = 9999;

    private final String name;
    private final String pointer;
    private final Binder binder;
    private final Problems problems;
    private final Optional<JsonNode> study;
    private final Optional<String> axesOf;
    private final List<Axis> ownAxes;
    private final Optional<List<Integer>> seeds;
    private final SequencedMap<String, JsonNode> sharesText;
    private final String stream;
    private PopulationReader axesOwner = this;
    private SequencedMap<String, List<String>> shares = new LinkedHashMap<>();

    private PopulationReader(
            String name, JsonNode node, String pointer, Binder binder, Problems problems) {
        this.name = name;
        this.pointer = pointer;
        this.binder = binder;
        this.problems = problems;
        Fields fields = Fields.of(binder, node, pointer, problems);
        this.study = fields.need("study");
        this.axesOf = fields.find("axesOf", String.class);
        Optional<JsonNode> axes = fields.find("axes");
        this.ownAxes = axes.map(this::axes).orElse(List.of());
        if (axes.isPresent() && axesOf.isPresent()) {
            problems.add(
                    fields.at("axesOf"),
                    "\"axes\" and \"axesOf\" exclude each other",
                    "remove one of them");
        }
        this.seeds = fields.findList("seeds", Integer.class);
        this.sharesText = fields.findMap("shares");
        this.stream = fields.find("stream", String.class).orElse("");
        fields.close();
        seeds.ifPresent(list -> checkSeeds(list, fields.at("seeds")));
    }

    static PopulationReader read(
            String name, JsonNode node, String pointer, Binder binder, Problems problems) {
        return new PopulationReader(name, node, pointer, binder, problems);
    }

    private List<Axis> axes(JsonNode texts) {
        List<Axis> axes = new ArrayList<>();
        String all = Pointer.of(pointer, "axes");
        if (!texts.isArray()) {
            problems.add(all, "needs a list of axes", "write a list");
            return axes;
        }
        for (int i = 0; i < texts.size(); i++) {
            String place = Pointer.of(all, i);
            Fields fields = Fields.of(binder, texts.get(i), place, problems);
            String axis = fields.need("name", String.class).orElse("axis" + i);
            String at = fields.need("at", String.class).orElse("");
            Axis.Role role = fields.find("role", Axis.Role.class).orElse(Axis.Role.NONE);
            List<JsonNode> values = fields.needList("values", JsonNode.class);
            fields.close();
            if (!AXIS.matcher(axis).matches()) {
                problems.add(
                        fields.at("name"), "\"" + axis + "\" is no axis name", "use camelCase");
            } else if (RESERVED.contains(axis)) {
                problems.add(
                        fields.at("name"),
                        "\"" + axis + "\" is a column of its own",
                        "name the axis otherwise");
            }
            if (axes.stream().anyMatch(other -> other.name().equals(axis))) {
                problems.add(
                        fields.at("name"), "the axis \"" + axis + "\" stands twice", "rename one");
            }
            if (!at.isEmpty() && (!Pointer.isValid(at) || !at.startsWith("/study/"))) {
                problems.add(
                        fields.at("at"),
                        "\"" + at + "\" points at no setting",
                        "write a pointer below /study/");
                at = "";
            }
            checkValues(values, fields.at("values"));
            axes.add(new Axis(axis, at, role, values));
        }
        return List.copyOf(axes);
    }

    private void checkValues(List<JsonNode> values, String place) {
        if (values.isEmpty()) {
            problems.add(place, "the axis has no values", "write at least one");
        }
        List<String> texts = values.stream().map(Json::canonical).toList();
        for (int i = 0; i < values.size(); i++) {
            if (texts.indexOf(texts.get(i)) < i) {
                problems.add(Pointer.of(place, i), "the value stands twice", "remove one");
            }
        }
    }

    private void checkSeeds(List<Integer> list, String place) {
        for (int i = 0; i < list.size(); i++) {
            int seed = list.get(i);
            if (seed < 0 || seed > LARGEST_SEED) {
                problems.add(
                        Pointer.of(place, i),
                        "seed " + seed + " is outside 0.." + LARGEST_SEED,
                        "main seeds are 0–999, pilot seeds 9000–9999");
            }
            if (list.indexOf(seed) < i) {
                problems.add(Pointer.of(place, i), "seed " + seed + " stands twice", "remove one");
            }
        }
    }

    /// Finds whose axes these are, and reads what needs their names.
    void resolve(SequencedMap<String, PopulationReader> all) {
        if (axesOf.isPresent()) {
            @Nullable PopulationReader owner = all.get(axesOf.get());
            if (owner == null || owner.axesOf.isPresent()) {
                problems.add(
                        Pointer.of(pointer, "axesOf"),
                        "\"" + axesOf.get() + "\" is no population with axes of its own",
                        Nearest.mend(
                                axesOf.get(),
                                all.values().stream()
                                        .filter(p -> p.axesOf.isEmpty())
                                        .map(p -> p.name)
                                        .toList()));
            } else {
                axesOwner = owner;
            }
        }
        List<String> allowed = new ArrayList<>(List.of("seed"));
        for (Axis axis : axesOwner.ownAxes) {
            allowed.add(axis.name());
        }
        shares = Shares.read(sharesText, Pointer.of(pointer, "shares"), allowed, binder, problems);
    }

    /// The population at the size of a profile, given what the profile changes in every population.
    Population at(SequencedMap<String, Change> changes) {
        Change change = changes.getOrDefault(name, Change.NONE);
        JsonNode settings = settings(change);
        List<Axis> axes = axesOwner.axesAt(changes.getOrDefault(axesOwner.name, Change.NONE));
        List<Cell> cells =
                settings.isMissingNode()
                        ? List.of()
                        : cells(
                                settings,
                                axes,
                                change,
                                changes.getOrDefault(axesOwner.name, Change.NONE));
        change.seeds().ifPresent(list -> checkSeeds(list, Pointer.of(change.pointer(), "seeds")));
        List<Integer> itsSeeds = change.seeds().or(() -> seeds).orElse(List.of());
        boolean seeded = cells.stream().anyMatch(cell -> cell.study().seeded());
        boolean given = change.seeds().isPresent() || seeds.isPresent();
        if (seeded && !given) {
            problems.add(
                    Pointer.of(pointer, "seeds"),
                    "\"seeds\" is missing",
                    "add a list such as [0, 1, 2]");
        } else if (seeded && itsSeeds.isEmpty() && problems.isEmpty()) {
            problems.add(
                    Pointer.of(pointer, "seeds"),
                    "there are no seeds",
                    "add a list such as [0, 1, 2]");
        } else if (!seeded && given && !cells.isEmpty()) {
            problems.add(
                    Pointer.of(pointer, "seeds"),
                    "this study draws nothing, so it has no seeds",
                    "remove them");
        }
        return new Population(name, settings, axes, itsSeeds, shares, stream, cells);
    }

    private JsonNode settings(Change change) {
        JsonNode whole = JsonNodeFactory.instance.objectNode();
        if (study.isEmpty()) {
            return JsonNodeFactory.instance.missingNode();
        }
        ((ObjectNode) whole).set("study", study.get().deepCopy());
        for (Map.Entry<String, JsonNode> entry : change.set().entrySet()) {
            String place = Pointer.of(Pointer.of(change.pointer(), "set"), entry.getKey());
            String at = entry.getKey();
            if (!Pointer.isValid(at) || !at.startsWith("/study/") || whole.at(at).isMissingNode()) {
                problems.add(
                        place,
                        "\"" + at + "\" points at no setting",
                        "write the pointer of a value in /study");
            } else {
                Pointer.set(whole, at, entry.getValue());
            }
        }
        return whole.get("study");
    }

    private List<Axis> axesAt(Change change) {
        for (String axis : change.values().sequencedKeySet()) {
            List<String> names = ownAxes.stream().map(Axis::name).toList();
            if (!names.contains(axis)) {
                problems.add(
                        Pointer.of(Pointer.of(change.pointer(), "values"), axis),
                        "unknown axis \"" + axis + "\"",
                        Nearest.mend(axis, names));
            }
        }
        List<Axis> axes = new ArrayList<>();
        for (Axis axis : ownAxes) {
            List<JsonNode> values = change.values().getOrDefault(axis.name(), axis.values());
            if (change.values().containsKey(axis.name())) {
                checkValues(
                        values, Pointer.of(Pointer.of(change.pointer(), "values"), axis.name()));
            }
            axes.add(new Axis(axis.name(), axis.at(), axis.role(), values));
        }
        return List.copyOf(axes);
    }

    private List<Cell> cells(JsonNode settings, List<Axis> axes, Change change, Change axesChange) {
        List<Cell> cells = new ArrayList<>();
        int[] index = new int[axes.size()];
        if (axes.stream().anyMatch(axis -> axis.values().isEmpty())) {
            return cells;
        }
        do {
            cell(settings, axes, index, change, axesChange).ifPresent(cells::add);
        } while (next(index, axes));
        return cells;
    }

    private static boolean next(int[] index, List<Axis> axes) {
        for (int i = index.length - 1; i >= 0; i--) {
            if (++index[i] < axes.get(i).values().size()) {
                return true;
            }
            index[i] = 0;
        }
        return false;
    }

    private Optional<Cell> cell(
            JsonNode settings, List<Axis> axes, int[] index, Change change, Change axesChange) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("study", settings.deepCopy());
        SequencedMap<String, JsonNode> values = new LinkedHashMap<>();
        for (int i = 0; i < index.length; i++) {
            Axis axis = axes.get(i);
            JsonNode value = axis.values().get(index[i]);
            values.put(axis.name(), value);
            if (!axis.at().isEmpty() && !Pointer.set(whole, axis.at(), value)) {
                problems.add(
                        Pointer.of(Pointer.of(Pointer.of(axesOwner.pointer, "axes"), i), "at"),
                        "\""
                                + axis.at()
                                + "\" points at no setting of the population \""
                                + name
                                + "\"",
                        "write the pointer of a value in /study");
            }
        }
        Problems inCell = new Problems(problems.file());
        Optional<Study<?>> bound =
                binder.bind(Study.class, whole.get("study"), "/study", inCell)
                        .map(found -> (Study<?>) found);
        for (Problem problem : inCell.list()) {
            problems.add(
                    place(problem.pointer(), axes, index, change, axesChange),
                    problem.problem(),
                    problem.mend());
        }
        return bound.map(found -> new Cell(values, whole.get("study"), found));
    }

    /// Whether a problem stands at the axis's setting, inside it, or at what holds it (but for the
    /// study as a whole).
    private static boolean concerns(Axis axis, String inCell) {
        return !axis.at().isEmpty()
                && (inCell.equals(axis.at())
                        || inCell.startsWith(axis.at() + "/")
                        || axis.at().startsWith(inCell + "/") && !inCell.equals("/study"));
    }

    /// Where a problem of a cell stands in the suite: at the axis value or the `set` that put the
    /// setting there, else in the study.
    private String place(
            String inCell, List<Axis> axes, int[] index, Change change, Change axesChange) {
        for (int i = 0; i < index.length; i++) {
            Axis axis = axes.get(i);
            if (concerns(axis, inCell)) {
                String list =
                        axesChange.values().containsKey(axis.name())
                                ? Pointer.of(
                                        Pointer.of(axesChange.pointer(), "values"), axis.name())
                                : Pointer.of(
                                        Pointer.of(Pointer.of(axesOwner.pointer, "axes"), i),
                                        "values");
                return Pointer.of(list, index[i]);
            }
        }
        for (String set : change.set().sequencedKeySet()) {
            if (inCell.equals(set) || inCell.startsWith(set + "/")) {
                return Pointer.of(Pointer.of(change.pointer(), "set"), set);
            }
        }
        return pointer + inCell;
    }
}
