package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.phasezoo.study.Tensor;
import org.phasezoo.study.TrainingData;

/// What nets are trained on: `data.arrow`, an example's `input` and `label` a row, and
/// `splits.arrow`, see [SplitsFile]. Where members have several data sets, the others are
/// `data-1.arrow`, `data-2.arrow` and so on.
final class DataFiles {
    private static final int BYTES_A_BATCH = 1 << 20;

    private DataFiles() {}

    /// Writes the files and returns their names; none where no member is a net.
    static List<String> write(Path folder, PopulationInfo info, PopulationWriter.Data data)
            throws IOException {
        SequencedMap<TrainingData.Source, List<String>> members = new LinkedHashMap<>();
        for (PopulationInfo.Planned member : info.members()) {
            Optional<TrainingData.Source> source = data.of(member.id());
            if (source.isPresent()) {
                members.computeIfAbsent(source.get(), _ -> new ArrayList<>()).add(member.id());
            }
        }
        List<String> files = new ArrayList<>();
        if (members.isEmpty()) {
            return files;
        }
        Staged.write(
                folder.resolve(SplitsFile.NAME),
                beside -> {
                    List<TrainingData> written = new ArrayList<>();
                    try (SplitsFile.Writer out = new SplitsFile.Writer(beside)) {
                        for (var split : members.entrySet()) {
                            TrainingData now = split.getKey().get();
                            int set = place(written, now);
                            if (set == written.size()) {
                                Staged.write(
                                        folder.resolve(name(set)), file -> examples(file, now));
                                files.add(name(set));
                                written.add(now);
                            }
                            out.add(name(set), split.getValue(), now.train(), now.test());
                        }
                    }
                });
        files.add(SplitsFile.NAME);
        return files;
    }

    private static String name(int set) {
        return set == 0 ? "data.arrow" : "data-" + set + ".arrow";
    }

    /// The place of the same examples among those written; their number where they are new.
    private static int place(List<TrainingData> written, TrainingData data) {
        int set = 0;
        while (set < written.size() && !same(written.get(set), data)) {
            set++;
        }
        return set;
    }

    private static boolean same(TrainingData a, TrainingData b) {
        return a.inputs().shape().equals(b.inputs().shape())
                && Arrays.equals(a.inputs().values(), b.inputs().values())
                && Arrays.equals(a.labels(), b.labels());
    }

    private static void examples(Path file, TrainingData data) throws IOException {
        int n = data.labels().length;
        int each = data.inputs().size() / n;
        int rowsABatch = Math.clamp(BYTES_A_BATCH / (4L * each), 1, n);
        Field input = WeightsFile.field("input", example(data, 0));
        Field label =
                new Field("label", FieldType.notNullable(new ArrowType.Int(64, true)), List.of());
        Schema schema = new Schema(List.of(input, label));
        try (Batches batches = new Batches(file, schema, Batches.ofRows(rowsABatch))) {
            VectorSchemaRoot root = batches.root();
            for (int i = 0; i < n; i++) {
                int row = batches.rows();
                WeightsFile.put((FixedSizeListVector) root.getVector(0), row, example(data, i));
                ((BigIntVector) root.getVector(1)).setSafe(row, data.labels()[i]);
                batches.next(rowsABatch);
            }
        }
    }

    private static Tensor example(TrainingData data, int row) {
        List<Integer> shape = data.inputs().shape();
        int each = data.inputs().size() / shape.getFirst();
        return new Tensor.Float32(
                shape.subList(1, shape.size()),
                Arrays.copyOfRange(data.inputs().values(), row * each, (row + 1) * each));
    }
}
