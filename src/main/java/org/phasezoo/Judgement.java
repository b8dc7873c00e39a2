package org.phasezoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.phasezoo.claim.CellMeans;
import org.phasezoo.claim.Claim;
import org.phasezoo.claim.Controls;
import org.phasezoo.claim.Evidence;
import org.phasezoo.claim.Judge;
import org.phasezoo.claim.PhaseMap;
import org.phasezoo.claim.Verdict;
import org.phasezoo.claim.Verdicts;
import org.phasezoo.document.Digest;
import org.phasezoo.document.InvalidDocument;
import org.phasezoo.document.Json;
import org.phasezoo.document.Problem;
import org.phasezoo.report.Report;
import org.phasezoo.report.ReportInput;
import org.phasezoo.suite.Axis;
import org.phasezoo.suite.Plan;
import org.phasezoo.suite.Population;
import org.phasezoo.suite.Profile;
import org.phasezoo.suite.Row;
import org.phasezoo.zoo.MeasuresReader;
import org.phasezoo.zoo.PopulationReader;

/// The judgement over populations and their measures: verdicts, phases, controls, figures, report, all text under
/// `results/<suite>/<profile>/`. It is made anew when anything that it reads has changed, and skipped otherwise.
final class Judgement {
    private static final String RUN = "run.json";
    private final Home home;
    private final SuiteFolder folder;
    private final Plan plan;
    private final List<MeasureStage> stages;
    private final Path results;

    Judgement(Home home, SuiteFolder folder, Plan plan, List<MeasureStage> stages) {
        this.home = home;
        this.folder = folder;
        this.plan = plan;
        this.stages = stages;
        this.results = home.results(folder.suite().name(), plan.profile().name());
    }

    /// How many claims came out how.
    record Counts(int holds, int fails, int undecided, int notEvaluated) {
        static Counts of(Verdicts verdicts) {
            return new Counts(
                    verdicts.count(Verdict.Outcome.HOLDS),
                    verdicts.count(Verdict.Outcome.FAILS),
                    verdicts.count(Verdict.Outcome.UNDECIDED),
                    verdicts.count(Verdict.Outcome.NOT_EVALUATED));
        }

        static Counts of(JsonNode run) {
            JsonNode node = run.path("verdicts");
            return new Counts(
                    node.path("holds").asInt(),
                    node.path("fails").asInt(),
                    node.path("undecided").asInt(),
                    node.path("notEvaluated").asInt());
        }
    }

    /// Judges, unless what stands was made of the same inputs.
    ///
    /// @param anew judge in any case
    Counts run(boolean anew) throws IOException {
        String inputs = inputs();
        if (!anew && Files.isRegularFile(results.resolve(RUN))) {
            JsonNode run = Json.parse(RUN, Files.readAllBytes(results.resolve(RUN)));
            if (run.path("inputs").asText().equals(inputs) && stand(run.path("files"))) {
                return Counts.of(run);
            }
        }
        List<ReportInput.Stored> stored = stored();
        Evidence evidence = evidence(stored);
        Profile.Scope scope = plan.profile().scope();
        Verdicts verdicts = Judge.judge(folder.claims(), evidence, scope);
        Controls controls = Controls.of(folder.claims(), evidence, published());
        Optional<PhaseMap> phases = folder.rule().map(rule -> rule.map(evidence));
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        texts.put("verdicts.json", Json.pretty(verdicts.toJson(folder.suite().name(), plan.profile().name())));
        texts.put("controls.json", Json.pretty(controls.toJson()));
        phases.ifPresent(map -> texts.put("phases-" + map.rule().id() + ".csv", map.toCsv()));
        texts.putAll(Report.of(new ReportInput(
                folder.suite(),
                plan.profile(),
                folder.digest(),
                stored,
                verdicts,
                Optional.of(controls),
                phases.stream().toList(),
                bibtex(),
                baselines())));
        if (plan.profile().name().equals("pilot")) {
            pilot(texts);
        }
        write(texts, inputs, Counts.of(verdicts));
        return Counts.of(verdicts);
    }

    /// What the zoo holds of each population.
    private List<ReportInput.Stored> stored() throws IOException {
        List<ReportInput.Stored> all = new ArrayList<>();
        for (MeasureStage stage : stages) {
            PopulationReader population = stage.population();
            MeasuresReader measures = stage.open();
            all.add(new ReportInput.Stored(
                    population.info().population(),
                    population.members(),
                    measures.rows(),
                    population.series(),
                    measures.curves(),
                    stage.revisions(),
                    stage.populationDigest(),
                    stage.digest()));
        }
        return all;
    }

    private Evidence evidence(List<ReportInput.Stored> stored) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (ReportInput.Stored population : stored) {
            rows.addAll(population.rows());
        }
        return Evidence.of(rows, selecting(home, folder, plan.profile()));
    }

    private String bibtex() throws IOException {
        Path file = folder.folder().resolve("papers.bib");
        return Files.isRegularFile(file) ? Files.readString(file) : "";
    }

    /// The pilot's means of each population, as they stand in the suite.
    static SequencedMap<String, CellMeans> selecting(Home home, SuiteFolder folder, Profile profile)
            throws IOException {
        SequencedMap<String, CellMeans> selecting = new LinkedHashMap<>();
        boolean first = true;
        for (Population population : profile.populations().values()) {
            Path pilot = folder.folder().resolve("pilot").resolve(cells(population.name(), first));
            if (Files.isRegularFile(pilot)) {
                List<String> axes = population.axes().stream().map(Axis::name).toList();
                selecting.put(
                        population.name(),
                        CellMeans.parse(SuiteFolder.shown(home, pilot), Files.readString(pilot), axes));
            }
            first = false;
        }
        return selecting;
    }

    /// The published tables that the positive control judges.
    private Optional<Evidence> published() throws IOException {
        if (folder.published().isEmpty()) {
            return Optional.empty();
        }
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (String name : folder.published().get().files()) {
            texts.put(name, table(SuiteFolder.CONTROLS, "/positive/tables", name));
        }
        return Optional.of(folder.published().get().evidence(texts));
    }

    /// The published tables that figures draw beside ours.
    private SequencedMap<String, String> baselines() throws IOException {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (String name : ReportInput.baselineFiles(folder.suite())) {
            texts.put(name, table(SuiteFolder.SUITE, "/figures", name));
        }
        return texts;
    }

    /// The text of a file of the suite that one of its documents names.
    private String table(String document, String pointer, String name) throws IOException {
        Path inside = folder.folder().toAbsolutePath().normalize();
        Path file = inside.resolve(name).normalize();
        if (!file.startsWith(inside) || !Files.isRegularFile(file)) {
            throw new InvalidDocument(List.of(new Problem(
                    SuiteFolder.shown(home, folder.folder().resolve(document)),
                    pointer,
                    "there is no file \"" + name + "\" in the suite's folder",
                    "name a CSV file of the suite")));
        }
        return Files.readString(file);
    }

    /// The pilot's table of a population: `cells.csv` for the suite's first, `cells-<population>.csv` for others.
    private static String cells(String population, boolean first) {
        return first ? "cells.csv" : "cells-" + population + ".csv";
    }

    /// The pilot's tables go to the results and into the suite, to be committed with its claims.
    private void pilot(SequencedMap<String, String> texts) throws IOException {
        boolean first = true;
        for (MeasureStage stage : stages) {
            String name = cells(stage.population().info().population(), first);
            String text = Files.readString(stage.folder().resolve("cells.csv"));
            texts.put(name, text);
            Output.write(folder.folder().resolve("pilot").resolve(name), text);
            first = false;
        }
    }

    private String inputs() throws IOException {
        StringBuilder text = new StringBuilder(Machine.build());
        for (Path file : folder.files()) {
            text.append('\n').append(folder.folder().relativize(file)).append(' ');
            text.append(Digest.of(Files.readAllBytes(file)));
        }
        for (MeasureStage stage : stages) {
            text.append('\n').append(stage.digest());
        }
        return Digest.of(text.toString());
    }

    private boolean stand(JsonNode files) throws IOException {
        for (Map.Entry<String, JsonNode> entry : files.properties()) {
            Path file = results.resolve(entry.getKey());
            if (!Files.isRegularFile(file)
                    || !Digest.of(Files.readAllBytes(file)).equals(entry.getValue().asText())) {
                return false;
            }
        }
        return true;
    }

    private void write(SequencedMap<String, String> texts, String inputs, Counts counts) throws IOException {
        ObjectNode run = Machine.run().put("suite", folder.suite().name()).put("profile", plan.profile().name());
        run.put("inputs", inputs);
        run.putObject("verdicts")
                .put("holds", counts.holds())
                .put("fails", counts.fails())
                .put("undecided", counts.undecided())
                .put("notEvaluated", counts.notEvaluated());
        ObjectNode files = run.putObject("files");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Output.write(results.resolve(text.getKey()), text.getValue());
            files.put(text.getKey(), Digest.of(text.getValue()));
        }
        for (Path stale : stale(texts)) {
            Files.delete(stale);
        }
        Output.write(results.resolve(RUN), Json.pretty(run));
    }

    /// What an earlier judgement wrote here and this one did not.
    private List<Path> stale(SequencedMap<String, String> texts) throws IOException {
        try (Stream<Path> walk = Files.walk(results, 2)) {
            return walk.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*\\.(json|csv|svg|md|html|tmp)"))
                    .filter(f -> !texts.containsKey(results.relativize(f).toString()) && !f.endsWith(RUN))
                    .sorted()
                    .toList();
        }
    }
}
