package org.phasezoo.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.phasezoo.document.Binder;
import org.phasezoo.document.Fields;
import org.phasezoo.document.Nearest;
import org.phasezoo.document.Pointer;
import org.phasezoo.document.Problems;
import org.phasezoo.metric.Metric;
import org.phasezoo.study.LandscapeStudy;
import org.phasezoo.study.Observable;

/// Reads `suite.json` and goes on past every problem.
final class SuiteReader {
    static final String QUICK = "quick";
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final Binder binder;
    private final Problems problems;

    private SuiteReader(Binder binder, Problems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    static Suite read(JsonNode root, Binder binder, Problems problems) {
        return new SuiteReader(binder, problems).suite(root);
    }

    private Suite suite(JsonNode root) {
        Fields fields = Fields.of(binder, root, "", problems);
        String id = fields.need("id", String.class).orElse("x");
        checkId(id, "/id");
        int version = fields.need("version", Integer.class).orElse(1);
        if (version < 1) {
            problems.add("/version", "version " + version + " is below 1", "write 1");
        }
        String title = fields.need("title", String.class).orElse("");
        List<String> papers = fields.needList("papers", String.class);
        Optional<Profile.Scope> scope = fields.find("scope", Profile.Scope.class);
        List<Departure> departures =
                fields.findList("departures", Departure.class).orElse(List.of());
        fields.need("populations");
        SequencedMap<String, PopulationReader> populations =
                populations(fields.findMap("populations"));
        SequencedMap<String, JsonNode> profileTexts = fields.findMap("profiles");
        Optional<JsonNode> measureTexts = fields.find("measures");
        Optional<JsonNode> figureTexts = fields.find("figures");
        fields.find("phases");
        fields.close();

        SequencedMap<String, Profile> profiles = new LinkedHashMap<>();
        JsonNode none = JsonNodeFactory.instance.objectNode();
        profiles.put(QUICK, profile(QUICK, none, "", scope, departures, populations));
        for (Map.Entry<String, JsonNode> text : profileTexts.entrySet()) {
            String place = Pointer.of("/profiles", text.getKey());
            checkId(text.getKey(), place);
            if (text.getKey().equals(QUICK)) {
                problems.add(
                        place,
                        "the suite as written is the profile quick",
                        "remove it or give it another name");
            } else {
                profiles.put(
                        text.getKey(),
                        profile(
                                text.getKey(),
                                text.getValue(),
                                place,
                                scope,
                                departures,
                                populations));
            }
        }
        List<Measure> measures =
                measures(measureTexts.orElse(JsonNodeFactory.instance.arrayNode()), profiles);
        List<Figure> figures =
                figures(
                        figureTexts.orElse(JsonNodeFactory.instance.arrayNode()),
                        profiles,
                        measures);
        return new Suite(id, version, title, papers, measures, profiles, figures, root);
    }

    private void checkId(String id, String pointer) {
        if (!ID.matcher(id).matches()) {
            problems.add(
                    pointer,
                    "\"" + id + "\" is no id",
                    "use a–z, 0–9 and single hyphens between them");
        }
    }

    private SequencedMap<String, PopulationReader> populations(
            SequencedMap<String, JsonNode> texts) {
        SequencedMap<String, PopulationReader> readers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> text : texts.entrySet()) {
            String place = Pointer.of("/populations", text.getKey());
            checkId(text.getKey(), place);
            readers.put(
                    text.getKey(),
                    PopulationReader.read(text.getKey(), text.getValue(), place, binder, problems));
        }
        for (PopulationReader reader : readers.values()) {
            reader.resolve(readers);
        }
        return readers;
    }

    private Profile profile(
            String name,
            JsonNode text,
            String pointer,
            Optional<Profile.Scope> scope,
            List<Departure> departures,
            SequencedMap<String, PopulationReader> readers) {
        Fields fields = Fields.of(binder, text, pointer, problems);
        Optional<Profile.Scope> itsScope =
                fields.find("scope", Profile.Scope.class).or(() -> scope);
        List<Departure> itsDepartures =
                fields.findList("departures", Departure.class).orElse(departures);
        SequencedMap<String, Change> changes = new LinkedHashMap<>();
        for (String population : readers.sequencedKeySet()) {
            Change change =
                    fields.find(population)
                            .map(node -> Change.read(node, fields.at(population), binder, problems))
                            .orElse(Change.NONE);
            changes.put(population, change);
        }
        fields.close();
        SequencedMap<String, Population> populations = new LinkedHashMap<>();
        for (Map.Entry<String, PopulationReader> reader : readers.entrySet()) {
            populations.put(reader.getKey(), reader.getValue().at(changes));
        }
        Profile.Scope shown =
                itsScope.orElse(
                        itsDepartures.isEmpty() ? Profile.Scope.EXACT : Profile.Scope.REDUCED);
        return new Profile(name, shown, itsDepartures, populations);
    }

    private List<Measure> measures(JsonNode texts, SequencedMap<String, Profile> profiles) {
        List<Measure> measures = new ArrayList<>();
        if (!texts.isArray()) {
            problems.add("/measures", "needs a list", "write a list");
            return measures;
        }
        for (int i = 0; i < texts.size(); i++) {
            String place = Pointer.of("/measures", i);
            Fields fields = Fields.of(binder, texts.get(i), place, problems);
            Optional<String> population = fields.need("population", String.class);
            Optional<String> checkpoint = fields.need("checkpoint", String.class);
            Optional<JsonNode> settings = fields.need("metric");
            Optional<Metric> metric =
                    settings.flatMap(
                            node -> binder.bind(Metric.class, node, fields.at("metric"), problems));
            SequencedMap<String, List<String>> shares =
                    Shares.read(
                            fields.findMap("shares"),
                            fields.at("shares"),
                            List.of("members"),
                            binder,
                            problems);
            fields.close();
            population.ifPresent(name -> checkMeasured(name, fields.at("population"), profiles));
            checkpoint
                    .filter(name -> !name.matches("init|best|last|[0-9]+"))
                    .ifPresent(name ->
                            problems.add(
                                    fields.at("checkpoint"),
                                    "\"" + name + "\" is no checkpoint",
                                    "write init, best, last or an update number"));
            if (population.isPresent() && metric.isPresent()) {
                checkDefined(population.get(), metric.get(), fields.at("metric"), profiles);
            }
            if (population.isPresent() && checkpoint.isPresent() && metric.isPresent()) {
                measures.add(
                        new Measure(
                                population.get(),
                                checkpoint.get(),
                                settings.orElseThrow(),
                                metric.get(),
                                shares));
            }
        }
        return measures;
    }

    private void checkMeasured(
            String population, String pointer, SequencedMap<String, Profile> profiles) {
        SequencedMap<String, Population> known = profiles.firstEntry().getValue().populations();
        Population found = known.get(population);
        if (found == null) {
            problems.add(
                    pointer,
                    "unknown population \"" + population + "\"",
                    Nearest.mend(population, known.sequencedKeySet()));
        } else if (found.cells().stream()
                .anyMatch(cell -> !(cell.study() instanceof LandscapeStudy))) {
            problems.add(
                    pointer,
                    "the population \""
                            + population
                            + "\" holds no nets, so no metric can be measured on it",
                    "name a population of trained nets");
        }
    }

    private void checkDefined(
            String population,
            Metric metric,
            String pointer,
            SequencedMap<String, Profile> profiles) {
        if (metric.takesRunningStatistics()) {
            return;
        }
        for (Profile profile : profiles.sequencedValues()) {
            Population found = profile.populations().get(population);
            if (found != null
                    && found.cells().stream()
                            .anyMatch(cell ->
                                    cell.study() instanceof LandscapeStudy net
                                            && net.runningStatistics())) {
                problems.add(
                        pointer,
                        "the metric is not defined for the nets of \""
                                + population
                                + "\", which keep running statistics (batch norm)",
                        "leave it out for them");
                return;
            }
        }
    }

    private List<Figure> figures(
            JsonNode texts, SequencedMap<String, Profile> profiles, List<Measure> measures) {
        List<Figure> figures = new ArrayList<>();
        if (!texts.isArray()) {
            problems.add("/figures", "needs a list", "write a list");
            return figures;
        }
        SequencedMap<String, Population> known = profiles.firstEntry().getValue().populations();
        for (int i = 0; i < texts.size(); i++) {
            String place = Pointer.of("/figures", i);
            Optional<Figure> bound = binder.bind(Figure.class, texts.get(i), place, problems);
            if (bound.isEmpty()) {
                continue;
            }
            Figure figure = bound.get();
            checkId(figure.id(), Pointer.of(place, "id"));
            if (figures.stream().anyMatch(other -> other.id().equals(figure.id()))) {
                problems.add(
                        Pointer.of(place, "id"),
                        "the id \"" + figure.id() + "\" stands twice",
                        "choose another");
            }
            figures.add(figure);
            if (known.isEmpty()) {
                continue;
            }
            String name = figure.population().orElse(known.firstEntry().getKey());
            Population population = known.get(name);
            if (population == null) {
                problems.add(
                        Pointer.of(place, "population"),
                        "unknown population \"" + name + "\"",
                        Nearest.mend(name, known.sequencedKeySet()));
            } else if (!population.cells().isEmpty()) {
                checkDefinition(
                        figure.definition(), Pointer.of(place, "definition"), population, measures);
            }
        }
        return figures;
    }

    private void checkDefinition(
            String definition, String pointer, Population population, List<Measure> measures) {
        List<String> names = new ArrayList<>();
        for (Observable observable : population.observables()) {
            names.add(observable.definition());
        }
        for (Measure measure : measures) {
            if (measure.population().equals(population.name())) {
                names.addAll(measure.metric().definitions());
            }
        }
        if (!names.contains(definition)) {
            problems.add(
                    pointer,
                    "\""
                            + definition
                            + "\" is neither observed nor measured in \""
                            + population.name()
                            + "\"",
                    Nearest.mend(definition, names));
        }
    }
}
