package org.phasezoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phasezoo.study.Tensor;
import org.phasezoo.study.TrainingData;

class DataFilesTest {
    @TempDir Path folder;

    /// The rows of a file, each column as text.
    private List<List<String>> rows(String file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(folder.resolve(file));
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int r = 0; r < root.getRowCount(); r++) {
                    int row = r;
                    rows.add(
                            root.getFieldVectors().stream()
                                    .map(vector -> String.valueOf(vector.getObject(row)))
                                    .toList());
                }
            }
        }
        return rows;
    }

    @Test
    void members_of_one_split_share_a_row_and_those_of_one_data_set_a_file() throws Exception {
        assertThat(DataFiles.write(folder, Examples.info(2), Examples::data))
                .containsExactly("data.arrow", "data-1.arrow", "splits.arrow");
        assertThat(rows("splits.arrow"))
                .containsExactly(
                        List.of("data.arrow", "[\"m2-8-0\",\"m2-8-1\"]", "[0]", "[1,2]"),
                        List.of("data.arrow", "[\"m2-32-0\",\"m2-32-1\"]", "[2]", "[0,1]"),
                        List.of("data-1.arrow", "[\"m4-8-0\",\"m4-8-1\"]", "[0]", "[1,2]"),
                        List.of("data-1.arrow", "[\"m4-32-0\",\"m4-32-1\"]", "[2]", "[0,1]"));
        assertThat(rows("data.arrow"))
                .containsExactly(
                        List.of("[0.0,1.0]", "1"),
                        List.of("[2.0,3.0]", "0"),
                        List.of("[4.0,5.0]", "1"));
        assertThat(rows("data-1.arrow").getFirst()).isEqualTo(List.of("[1.0,1.0]", "1"));
    }

    @Test
    void what_has_no_nets_has_no_data() throws Exception {
        assertThat(DataFiles.write(folder, Examples.info(2), _ -> Optional.empty())).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void splits_and_examples_that_fill_several_batches_read_back() throws Exception {
        int n = 3000;
        float[] inputs = new float[n * 200];
        int[] all = new int[n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(inputs, i * 200, (i + 1) * 200, i);
            all[i] = i;
        }
        record Own(String id, TrainingData get) implements TrainingData.Source {}
        DataFiles.write(
                folder,
                Examples.info(40),
                id ->
                        Optional.of(
                                new Own(
                                        id,
                                        new TrainingData(
                                                new Tensor.Float32(List.of(n, 200), inputs),
                                                all,
                                                all,
                                                new int[] {id.length()}))));
        List<List<String>> splits = rows("splits.arrow");
        assertThat(splits).hasSize(160);
        assertThat(splits.getLast().get(1)).isEqualTo("[\"m4-32-39\"]");
        assertThat(splits).allMatch(row -> row.get(2).endsWith(",2998,2999]"));
        assertThat(Files.size(folder.resolve("splits.arrow"))).isGreaterThan(1 << 20);
        List<List<String>> examples = rows("data.arrow");
        assertThat(examples).hasSize(n);
        for (int i : List.of(0, 1309, 1310, 2620, 2999)) {
            assertThat(examples.get(i).getFirst()).startsWith("[" + i + ".0," + i + ".0,");
            assertThat(examples.get(i).getLast()).isEqualTo(String.valueOf(i));
        }
    }
}
