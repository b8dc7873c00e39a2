package org.phasezoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasezoo.engine.Precision;
import org.phasezoo.metric.Curve;
import org.phasezoo.metric.Value;
import org.phasezoo.suite.CurveRow;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Row;

class MeasuresTest {
    @TempDir Path home;

    private List<MemberRow> members = List.of();
    private final List<Row> rows = new ArrayList<>();
    private final List<CurveRow> curves = new ArrayList<>();

    @BeforeEach
    void measure() throws Exception {
        PopulationInfo info = Examples.info(3);
        var records = Examples.records(info);
        PopulationWriter.assemble(
                home,
                info,
                id -> Examples.record(records, id),
                _ -> Examples.probe(Precision.FLOAT32),
                Examples::data);
        members = PopulationReader.open(home).members();
        double[] pairs = {1, 2, 6};
        for (int i = 0; i < 3; i++) {
            MemberRow m = members.get(i);
            rows.add(
                    row(
                            "member",
                            List.of(m),
                            new Value(
                                    "loss.v1", i + 1, Double.NaN, 0, 0.5, 512, "ok", Double.NaN)));
        }
        for (int i = 0; i < 3; i++) {
            List<MemberRow> pair =
                    List.of(members.get(i == 2 ? 1 : 0), members.get(i == 0 ? 1 : 2));
            rows.add(row("pair", pair, Value.exact("l2.v1", pairs[i])));
            Row r = rows.getLast();
            curves.add(
                    new CurveRow(
                            "digits",
                            "pair",
                            r.members(),
                            r.seeds(),
                            r.cell(),
                            "best",
                            new Curve(
                                    "bezier.v1",
                                    List.of(0.0, 1.0),
                                    List.of(pairs[i], Double.NaN))));
        }
        rows.add(
                row(
                        "member",
                        List.of(members.get(5)),
                        new Value(
                                "loss.v1",
                                Double.NaN,
                                Double.NaN,
                                0,
                                Double.NaN,
                                0,
                                "not-converged",
                                0.1)));
    }

    private static Row row(String subject, List<MemberRow> of, Value value) {
        return new Row(
                "digits",
                subject,
                of.stream().map(MemberRow::id).toList(),
                of.stream().map(m -> m.seed().orElseThrow()).toList(),
                of.getFirst().cell(),
                "best",
                value);
    }

    private Path write(String name) throws Exception {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        revisions.put("contract", 1);
        Path folder = home.resolve(name);
        MeasuresWriter.assemble(
                folder,
                new MeasuresInfo(
                        "digits", List.of("width", "batchSize"), Json.object(), revisions, "00"),
                members,
                rows,
                curves);
        return folder;
    }

    @Test
    void rows_and_curves_read_back() throws Exception {
        MeasuresReader reader = MeasuresReader.open(write("measures"), members);
        assertThat(reader.rows()).isEqualTo(rows);
        assertThat(reader.curves()).isEqualTo(curves);
        assertThat(reader.manifest().json().path("definitions").toString())
                .isEqualTo("[\"loss.v1\",\"l2.v1\",\"bezier.v1\"]");
    }

    @Test
    void the_table_of_measurements_says_which_cell() throws Exception {
        List<SequencedMap<String, String>> table =
                Csv.read(write("measures").resolve("measurements.csv")).records();
        assertThat(table.getFirst())
                .containsEntry("cell", "width=2;batchSize=8")
                .containsEntry("value", "1")
                .containsEntry("se_estimator", "")
                .containsEntry("n_sample", "512")
                .containsEntry("b", "");
        assertThat(table.getLast())
                .containsEntry("value", "")
                .containsEntry("status", "not-converged")
                .containsEntry("residual", "0.1");
    }

    @Test
    void cells_have_the_error_over_seeds_and_the_jackknife_over_members() throws Exception {
        List<SequencedMap<String, String>> cells =
                Csv.read(write("measures").resolve("cells.csv")).records();
        assertThat(cells).hasSize(4);
        SequencedMap<String, String> cell = cells.getFirst();
        assertThat(cell)
                .containsEntry("width", "2")
                .containsEntry("loss.v1", "2")
                .containsEntry("loss.v1_n", "3")
                .containsEntry("l2.v1", "3");
        assertThat(Numbers.parse(String.valueOf(cell.get("loss.v1_se"))))
                .isCloseTo(1 / Math.sqrt(3), offset(1e-15));
        // without member 0: 6, without 1: 2, without 2: 1; their mean is 3, so 2/3 (9 + 1 + 4)
        assertThat(Numbers.parse(String.valueOf(cell.get("l2.v1_se"))))
                .isCloseTo(Math.sqrt(2.0 / 3 * 14), offset(1e-14));
        assertThat(cells.get(1)).containsEntry("loss.v1", "").containsEntry("loss.v1_n", "0");
    }

    @Test
    void the_same_measures_give_the_same_bytes() throws Exception {
        Path one = write("one");
        Path two = write("two");
        for (Manifest.Entry entry : Manifest.read(one).files()) {
            assertThat(two.resolve(entry.path())).hasSameBinaryContentAs(one.resolve(entry.path()));
        }
        assertThat(two.resolve("manifest.json"))
                .hasSameBinaryContentAs(one.resolve("manifest.json"));
    }

    @Test
    void a_curve_given_twice_is_refused() {
        curves.add(curves.getFirst());
        assertThatThrownBy(() -> write("measures"))
                .hasMessageContaining("bezier.v1")
                .hasMessageContaining("twice");
    }

    @Test
    void a_flipped_bit_is_refused_by_name() throws Exception {
        Path folder = write("measures");
        Path file = folder.resolve("curves.arrow");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> MeasuresReader.open(folder, members))
                .isInstanceOf(DamagedFile.class)
                .hasMessageContaining("curves.arrow");
    }
}
