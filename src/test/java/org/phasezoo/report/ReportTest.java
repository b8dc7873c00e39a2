package org.phasezoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.phasezoo.claim.Claims;
import org.phasezoo.claim.Controls;
import org.phasezoo.claim.Evidence;
import org.phasezoo.claim.Judge;
import org.phasezoo.claim.PhaseMap;
import org.phasezoo.claim.PhaseRule;
import org.phasezoo.claim.Verdicts;
import org.phasezoo.document.Json;
import org.phasezoo.metric.Curve;
import org.phasezoo.metric.Value;
import org.phasezoo.suite.Axis;
import org.phasezoo.suite.CurveRow;
import org.phasezoo.suite.Departure;
import org.phasezoo.suite.Figure;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Population;
import org.phasezoo.suite.Profile;
import org.phasezoo.suite.Row;
import org.phasezoo.suite.SeriesRow;
import org.phasezoo.suite.Suite;

class ReportTest {
    private static final String CLAIMS =
            """
            {"claims": [{"id": "grows", "statement": "accuracy <b>rises</b> | with width", "where": "figure 1",
              "published": {"value": -0.9, "source": "baselines/grid.csv", "known": "data"}, "kind": "primary", "registered": true,
              "selects": {}, "measures": {"definition": "accuracy.test.v1", "population": "digits"},
              "statistic": {"kind": "trend", "along": "width"}, "estimand": "over-cells", "holds": [0, null], "fails": [null, 0]}]}\
            """;

    private static SequencedMap<String, JsonNode> cell(int width, int batch) {
        SequencedMap<String, JsonNode> cell = new LinkedHashMap<>();
        cell.put("width", IntNode.valueOf(width));
        cell.put("batchSize", IntNode.valueOf(batch));
        return cell;
    }

    private static ReportInput input(String title) {
        List<MemberRow> members = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        List<SeriesRow> series = new ArrayList<>();
        List<CurveRow> curves = new ArrayList<>();
        List<PhaseMap.Labelled> labelled = new ArrayList<>();
        for (int width : List.of(1, 2, 4)) {
            for (int batch : List.of(8, 32)) {
                SequencedMap<String, JsonNode> cell = cell(width, batch);
                for (int seed = 0; seed < 3; seed++) {
                    String id = width + "-" + batch + "-" + seed;
                    members.add(
                            new MemberRow(
                                    id,
                                    cell,
                                    OptionalInt.of(seed),
                                    seed == 2 && width == 4 ? "diverged" : "finished",
                                    "",
                                    10,
                                    "",
                                    -1));
                    rows.add(
                            new Row(
                                    "digits",
                                    "member",
                                    List.of(id),
                                    List.of(seed),
                                    cell,
                                    "best",
                                    Value.exact("accuracy.test.v1", 80 + 4 * width + seed)));
                    series.add(
                            new SeriesRow(
                                    "digits",
                                    id,
                                    OptionalInt.of(seed),
                                    cell,
                                    "loss.train.running.v1",
                                    10,
                                    1.0 / width));
                }
                List<String> pair = List.of(width + "-" + batch + "-0", width + "-" + batch + "-1");
                rows.add(
                        new Row(
                                "digits",
                                "pair",
                                pair,
                                List.of(0, 1),
                                cell,
                                "best",
                                Value.exact("mode-connectivity.train-error.v1", -width)));
                curves.add(
                        new CurveRow(
                                "digits",
                                "pair",
                                pair,
                                List.of(0, 1),
                                cell,
                                "best",
                                new Curve(
                                        "mode-connectivity.train-error.v1",
                                        List.of(0.0, 0.5, 1.0),
                                        List.of(1.0, 2.0 * width, 1.0))));
                labelled.add(
                        new PhaseMap.Labelled(
                                cell, width > 1 ? "III" : "I", batch == 8 ? 0.5 : 0.9));
            }
        }
        List<JsonNode> widths = List.of(IntNode.valueOf(1), IntNode.valueOf(2), IntNode.valueOf(4));
        List<JsonNode> batches = List.of(IntNode.valueOf(8), IntNode.valueOf(32));
        Population population =
                new Population(
                        "digits",
                        NullNode.getInstance(),
                        List.of(
                                new Axis("width", "/w", Axis.Role.LOAD, widths),
                                new Axis("batchSize", "/b", Axis.Role.TEMPERATURE, batches)),
                        List.of(0, 1, 2),
                        new LinkedHashMap<>(),
                        "",
                        List.of());
        SequencedMap<String, Population> populations = new LinkedHashMap<>();
        populations.put("digits", population);
        Profile profile =
                new Profile(
                        "quick",
                        Profile.Scope.PROXY,
                        List.of(
                                new Departure(
                                        "data",
                                        TextNode.valueOf("CIFAR-10"),
                                        IntNode.valueOf(512),
                                        "small & real")),
                        populations);
        SequencedMap<String, Profile> profiles = new LinkedHashMap<>();
        profiles.put("quick", profile);
        List<Figure> figures =
                List.of(
                        figure(
                                "mc",
                                Figure.Kind.MAP,
                                "mode-connectivity.train-error.v1",
                                Figure.Scale.DIVERGING,
                                Optional.empty()),
                        figure(
                                "phases",
                                Figure.Kind.PHASE_MAP,
                                "accuracy.test.v1",
                                Figure.Scale.LINEAR,
                                Optional.empty()),
                        figure(
                                "lines",
                                Figure.Kind.LINES,
                                "accuracy.test.v1",
                                Figure.Scale.LINEAR,
                                Optional.empty()),
                        figure(
                                "series",
                                Figure.Kind.SERIES,
                                "loss.train.running.v1",
                                Figure.Scale.LOG,
                                Optional.empty()),
                        figure(
                                "curves",
                                Figure.Kind.CURVES,
                                "mode-connectivity.train-error.v1",
                                Figure.Scale.LINEAR,
                                Optional.empty()),
                        figure(
                                "dots",
                                Figure.Kind.SCATTER,
                                "accuracy.test.v1",
                                Figure.Scale.LINEAR,
                                Optional.of("mode-connectivity.train-error.v1")));
        Suite suite =
                new Suite(
                        "tiny",
                        1,
                        title,
                        List.of("112"),
                        List.of(),
                        profiles,
                        figures,
                        JsonNodeFactory.instance.objectNode());
        Claims claims = Claims.parse("claims.json", Json.parse("claims.json", CLAIMS), List.of());
        Evidence evidence = Evidence.of(rows, new LinkedHashMap<>());
        Verdicts verdicts = Judge.judge(claims, evidence, Profile.Scope.PROXY);
        PhaseRule rule =
                new PhaseRule(
                        "rule",
                        "digits",
                        new PhaseRule.Quantities(
                                "accuracy.train.v1",
                                "loss.train.v1",
                                "mode-connectivity.train-error.v1",
                                "cka.softmax.taxonomy.v1"),
                        0.1,
                        2,
                        0.5,
                        new PhaseRule.Cut(0.8, PhaseRule.Cut.Basis.CHOSEN, "by eye"),
                        100);
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        revisions.put("contract", 3);
        return new ReportInput(
                suite,
                profile,
                "ab".repeat(32),
                List.of(
                        new ReportInput.Stored(
                                "digits",
                                members,
                                rows,
                                series,
                                curves,
                                revisions,
                                "cd".repeat(32),
                                "ef".repeat(32))),
                verdicts,
                Optional.of(Controls.of(claims, evidence, Optional.empty())),
                List.of(new PhaseMap(rule, 0.01, labelled)),
                "@article{a, title = {<i>}}");
    }

    private static Figure figure(
            String id,
            Figure.Kind kind,
            String definition,
            Figure.Scale scale,
            Optional<String> x) {
        return new Figure(
                id,
                kind,
                definition,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                x,
                Optional.of(scale),
                Optional.empty());
    }

    private static String file(SequencedMap<String, String> files, String path) {
        return files.getOrDefault(path, "");
    }

    @Test
    void every_figure_has_a_picture_and_its_table_and_phase_maps_come_first() {
        SequencedMap<String, String> files = Report.of(input("A title"));
        for (String id : List.of("phases", "mc", "lines", "series", "curves", "dots")) {
            assertThat(
                            Xml.parse(file(files, "figures/" + id + ".svg"))
                                    .getDocumentElement()
                                    .getTagName())
                    .isEqualTo("svg");
            assertThat(file(files, "figures/" + id + ".csv").lines().count()).isGreaterThan(2);
        }
        assertThat(files.firstEntry().getKey()).isEqualTo("figures/phases.svg");
    }

    @Test
    void the_page_needs_nothing_from_outside_and_allows_no_script() throws Exception {
        String page = file(Report.of(input("A title")), "index.html");
        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain(" style=")
                .doesNotContain("src=")
                .doesNotContain("@import");
        assertThat(page).doesNotContainPattern("href=\"(?!figures/)");
        Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);
        assertThat(style.find()).isTrue();
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page)
                .contains(
                        "default-src 'none'; style-src 'sha256-"
                                + Base64.getEncoder().encodeToString(hash)
                                + "'");
        assertThat(page.split("<svg", -1)).hasSize(1 + 6);
    }

    @Test
    void text_of_the_suite_never_becomes_markup() {
        SequencedMap<String, String> files = Report.of(input("<script>alert(1)</script> & more"));
        assertThat(file(files, "index.html"))
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")
                .contains("accuracy &lt;b&gt;rises&lt;/b&gt; | with width")
                .contains("small &amp; real");
        assertThat(file(files, "report.md"))
                .doesNotContain("<script")
                .contains("rises&lt;/b&gt; \\| with width");
    }

    @Test
    void both_pages_say_members_verdicts_phases_departures_and_provenance() {
        SequencedMap<String, String> files = Report.of(input("A title"));
        for (String page :
                List.of(file(files, "index.html"), file(files, "report.md").replace("\\", ""))) {
            assertThat(page)
                    .contains("16 members finished, 2 diverged, 0 failed")
                    .contains("Of 1 claims")
                    .contains("I 2, III 4 cells; 3 of 6 labels")
                    .contains("CIFAR-10")
                    .contains("ab".repeat(32))
                    .contains("cd".repeat(32))
                    .contains("contract 3")
                    .contains("phasezoo run tiny-v1")
                    .contains("@article{a, title")
                    .contains("−0.9");
        }
    }

    @Test
    void every_picture_that_markdown_links_is_among_the_files() {
        SequencedMap<String, String> files = Report.of(input("A title"));
        Matcher link = Pattern.compile("\\]\\(([^)]+)\\)").matcher(file(files, "report.md"));
        int links = 0;
        while (link.find()) {
            assertThat(files).containsKey(link.group(1));
            links++;
        }
        assertThat(links).isEqualTo(12);
    }

    @Test
    void the_same_input_gives_the_same_bytes() {
        assertThat(Report.of(input("A title"))).isEqualTo(Report.of(input("A title")));
    }

    @Test
    void a_map_holds_the_means_over_seeds() {
        assertThat(file(Report.of(input("A title")), "figures/phases.csv"))
                .isEqualTo(
                        """
                        width,batchSize,value,phase,probability
                        1,8,85,I,0.5
                        2,8,89,III,0.5
                        4,8,97,III,0.5
                        1,32,85,I,0.9
                        2,32,89,III,0.9
                        4,32,97,III,0.9
                        """);
    }
}
