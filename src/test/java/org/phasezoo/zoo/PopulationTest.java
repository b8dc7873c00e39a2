package org.phasezoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.phasezoo.engine.Precision;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Tensor;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Row;
import org.phasezoo.suite.SeriesRow;

class PopulationTest {
    @TempDir Path home;

    private Path write(String name, PopulationInfo info) throws IOException {
        return write(name, info, Precision.FLOAT32);
    }

    private Path write(String name, PopulationInfo info, Precision probes) throws IOException {
        SortedMap<String, MemberRecord> records = Examples.records(info);
        Path folder = home.resolve(name);
        PopulationWriter.assemble(
                folder,
                info,
                id -> Examples.record(records, id),
                _ -> Examples.probe(probes),
                Examples::data);
        return folder;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        }
    }

    @Test
    void a_population_reads_back_as_what_was_recorded() throws Exception {
        PopulationInfo info = Examples.info(3);
        SortedMap<String, MemberRecord> records = Examples.records(info);
        PopulationReader reader = PopulationReader.open(write("digits", info));
        assertThat(reader.members())
                .extracting(MemberRow::id)
                .isEqualTo(info.members().stream().map(PopulationInfo.Planned::id).toList());
        for (PopulationInfo.Planned member : info.members()) {
            assertThat(reader.record(member.id()).encode())
                    .as(member.id())
                    .isEqualTo(Examples.record(records, member.id()).encode());
        }
        MemberRow diverged = reader.members().get(2);
        assertThat(diverged.outcome()).isEqualTo("diverged");
        assertThat(diverged.reason()).isEqualTo("loss is NaN at update 10");
        assertThat(diverged.seed()).isEqualTo(OptionalInt.of(2));
        assertThat(reader.members().get(3).weightsRow()).isEqualTo(-1);
        assertThat(reader.members().get(4).weightsFile()).isEqualTo("weights-w2.arrow");
        assertThat(reader.checkpoints("m2-8-2")).containsExactly("init");
        assertThat(reader.model("w2").path("width").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void finished_nets_have_the_outputs_on_a_probe_and_others_have_none(Precision precision)
            throws Exception {
        PopulationInfo info = Examples.info(3);
        SortedMap<String, MemberRecord> records = Examples.records(info);
        PopulationReader reader = PopulationReader.open(write("digits", info, precision));
        assertThat(reader.manifest().files())
                .extracting(Manifest.Entry::path)
                .contains("probe-inputs.arrow", "probe.arrow");
        Probe probe = Examples.probe(precision).orElseThrow();
        same(reader.probeInputs(), probe.inputs());
        for (PopulationInfo.Planned member : info.members()) {
            MemberRecord record = Examples.record(records, member.id());
            for (MemberRecord.Kept kept : record.checkpoints()) {
                var outputs = reader.probe(member.id(), kept.name());
                if (record.outcome().equals("finished")) {
                    same(outputs.orElseThrow(), probe.outputs(probe.inputs(), kept.weights()));
                } else {
                    assertThat(outputs).isEmpty();
                }
            }
        }
    }

    private static void same(Tensor read, Tensor written) {
        assertThat(read).isInstanceOf(written.getClass());
        assertThat(read.shape()).isEqualTo(written.shape());
        assertThat(read.reals()).isEqualTo(written.reals());
    }

    @Test
    void the_manifest_alone_says_how_to_rebuild_a_member() throws Exception {
        PopulationInfo info = Examples.info(2);
        PopulationInfo read = PopulationReader.open(write("digits", info)).info();
        assertThat(read.study()).isEqualTo(info.study());
        assertThat(read.axes()).isEqualTo(info.axes());
        assertThat(read.shares()).isEqualTo(info.shares());
        assertThat(read.stream()).isEqualTo(info.stream());
        assertThat(read.members()).isEqualTo(info.members());
    }

    @Test
    void thirty_three_rows_of_three_tensors_have_the_digest_of_their_bytes() throws Exception {
        PopulationInfo info = Examples.info(9);
        Path folder = write("digits", info);
        List<WeightsFile.Place> places = WeightsFile.places(folder.resolve("weights-w2.arrow"));
        assertThat(places).hasSize(33);
        for (WeightsFile.Place place : places) {
            Arrays weights =
                    PopulationReader.open(folder).weights(place.member(), place.checkpoint());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Tensor tensor : weights.tensors().values()) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(8 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
                if (tensor instanceof Tensor.Float32(_, float[] values)) {
                    bytes.asFloatBuffer().put(values);
                    digest.update(bytes.array(), 0, 4 * values.length);
                } else {
                    bytes.asDoubleBuffer().put(((Tensor.Float64) tensor).values());
                    digest.update(bytes.array());
                }
            }
            assertThat(place.digest()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        }
        assertThat(
                        WeightsFile.weights(folder.resolve("weights-w2.arrow"), places.get(7))
                                .get("0.weight")
                                .shape())
                .containsExactly(2, 1, 3, 3);
    }

    @Test
    void rows_that_fill_several_batches_read_back() throws Exception {
        Path file = home.resolve("weights-big.arrow");
        int size = 1 << 17;
        try (WeightsFile.Writer out = new WeightsFile.Writer(file, big(size, 0))) {
            for (int i = 0; i < 5; i++) {
                out.add("m" + i, new MemberRecord.Kept("last", i, big(size, i)));
            }
        }
        List<WeightsFile.Place> places = WeightsFile.places(file);
        assertThat(places).extracting(WeightsFile.Place::batch).containsExactly(0, 0, 1, 1, 2);
        for (int i = 0; i < 5; i++) {
            Tensor.Float32 read =
                    (Tensor.Float32) WeightsFile.weights(file, places.get(i)).get("w");
            assertThat(read.values()).isEqualTo(((Tensor.Float32) big(size, i).get("w")).values());
        }
    }

    private static Arrays big(int size, int seed) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = seed * 31 + i;
        }
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", new Tensor.Float32(List.of(size), values));
        return new Arrays(tensors);
    }

    @Test
    void the_same_members_give_the_same_bytes() throws Exception {
        Path one = write("one", Examples.info(3));
        write("between", Examples.info(7));
        Path two = write("two", Examples.info(3));
        assertThat(files(two))
                .extracting(f -> f.getFileName().toString())
                .isEqualTo(files(one).stream().map(f -> f.getFileName().toString()).toList());
        for (Path file : files(one)) {
            assertThat(two.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void an_empty_population_has_all_tables_and_no_rows() throws Exception {
        PopulationReader reader = PopulationReader.open(write("none", Examples.info(0)));
        assertThat(reader.members()).isEmpty();
        assertThat(reader.series()).isEmpty();
        assertThat(reader.scalars()).isEmpty();
    }

    @Test
    void scalars_become_measurements_of_members_and_series_stay_series() throws Exception {
        PopulationReader reader = PopulationReader.open(write("digits", Examples.info(1)));
        Row row = reader.scalars().get(1);
        assertThat(row.subject()).isEqualTo("member");
        assertThat(row.members()).containsExactly("m2-32-0");
        assertThat(row.seeds()).containsExactly(0);
        assertThat(row.checkpoint()).isEmpty();
        assertThat(row.value().value()).isEqualTo(0.25);
        assertThat(row.value().nSample()).isEqualTo(40);
        assertThat(reader.series()).extracting(SeriesRow::step).startsWith(0L, 10L);
        assertThat(Csv.read(home.resolve("digits/members.csv")).columns())
                .containsExactly(
                        "id",
                        "width",
                        "batchSize",
                        "seed",
                        "outcome",
                        "reason",
                        "updates",
                        "weights_file",
                        "weights_row");
    }

    @Test
    void a_flipped_bit_in_any_file_is_refused_by_name() throws Exception {
        Path folder = write("digits", Examples.info(2));
        for (Manifest.Entry entry : Manifest.read(folder).files()) {
            Path file = folder.resolve(entry.path());
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            bad[good.length / 2] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> PopulationReader.open(folder))
                    .isInstanceOf(DamagedFile.class)
                    .hasMessageContaining(entry.path())
                    .message()
                    .doesNotContain("\n");
            assertThat(Manifest.verify(folder)).singleElement().asString().contains(entry.path());
            Files.write(file, good);
        }
        assertThat(Manifest.verify(folder)).isEmpty();
    }

    @Test
    void a_population_without_a_manifest_is_unfinished() throws Exception {
        Path folder = write("digits", Examples.info(1));
        Files.delete(folder.resolve("manifest.json"));
        assertThatThrownBy(() -> PopulationReader.open(folder))
                .hasMessageContaining("manifest.json: missing")
                .hasMessageContaining("unfinished");
        assertThat(Manifest.complete(folder)).isFalse();
    }

    @Test
    void a_file_that_a_kill_left_half_written_does_not_hinder_the_next_assembly() throws Exception {
        Path one = write("one", Examples.info(1));
        Path two = Files.createDirectories(home.resolve("two"));
        Files.writeString(two.resolve("weights-w2.arrow.tmp"), "half");
        Files.writeString(two.resolve("members.csv"), "stale");
        write("two", Examples.info(1));
        assertThat(files(two)).hasSameSizeAs(files(one));
        assertThat(two.resolve("manifest.json"))
                .hasSameBinaryContentAs(one.resolve("manifest.json"));
    }

    @Test
    void tensors_that_differ_inside_an_architecture_are_refused() {
        PopulationInfo info = Examples.info(1);
        SortedMap<String, MemberRecord> records = Examples.records(info);
        MemberRecorder other = new MemberRecorder();
        other.checkpoint("last", 1, Examples.weights(3, 0));
        records.put("m2-32-0", other.finished());
        assertThatThrownBy(() ->
                        PopulationWriter.assemble(
                                home.resolve("x"),
                                info,
                                id -> Examples.record(records, id),
                                _ -> Examples.probe(Precision.FLOAT32),
                                Examples::data))
                .hasMessageContaining("m2-32-0")
                .hasMessageContaining("differ");
        assertThat(Manifest.complete(home.resolve("x"))).isFalse();
    }
}
