package org.phasezoo.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.phasezoo.engine.Precision;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Tensor;
import org.phasezoo.study.TrainingData;

/// Small populations for tests.
final class Examples {
    private Examples() {}

    static SequencedMap<String, JsonNode> cell(int width, int batchSize) {
        SequencedMap<String, JsonNode> cell = new LinkedHashMap<>();
        cell.put("width", IntNode.valueOf(width));
        cell.put("batchSize", IntNode.valueOf(batchSize));
        return cell;
    }

    /// Three tensors; their values depend on `member`.
    static Arrays weights(int width, int member) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        float[] kernel = new float[width * 9];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (member + 1) / (i + 1);
        }
        tensors.put("0.weight", new Tensor.Float32(List.of(width, 1, 3, 3), kernel));
        tensors.put("0.bias", new Tensor.Float32(List.of(width), new float[width]));
        tensors.put("scale", new Tensor.Float64(List.of(), new double[] {1.0 / (member + 3)}));
        return new Arrays(tensors);
    }

    /// A probe in a precision whose outputs are the inputs and the first weight in sum.
    static Optional<Probe> probe(Precision precision) {
        return Optional.of(
                new Probe() {
                    @Override
                    public Tensor inputs() {
                        double[] values = new double[2 * INPUTS];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = i / 10.0;
                        }
                        return Tensor.reals(precision, List.of(INPUTS, 1, 2), values);
                    }

                    @Override
                    public Tensor outputs(Tensor inputs, Arrays weights) {
                        double[] values = inputs.reals().clone();
                        for (int i = 0; i < values.length; i++) {
                            values[i] += weights.get("0.weight").reals()[0];
                        }
                        return Tensor.reals(precision, List.of(INPUTS, 2), values);
                    }
                });
    }

    /// Of the three examples that those of a number have, of which one is trained on.
    record Three(int set, int train) implements TrainingData.Source {
        @Override
        public TrainingData get() {
            float[] inputs = {set, 1, 2, 3, 4, 5};
            int[] test = {(train + 1) % 3, (train + 2) % 3};
            return new TrainingData(
                    new Tensor.Float32(List.of(3, 1, 2), inputs),
                    new int[] {1, 0, 1},
                    new int[] {train},
                    test);
        }
    }

    /// Nets of width 2 have a set of data of their own; splits differ by batch size.
    static Optional<TrainingData.Source> data(String id) {
        return Optional.of(new Three(id.startsWith("m2") ? 0 : 1, id.contains("-8-") ? 0 : 2));
    }

    /// A population of widths 2 and 4, two batch sizes, `seeds` seeds.
    static PopulationInfo info(int seeds) {
        SequencedMap<String, Integer> revisions = new LinkedHashMap<>();
        revisions.put("contract", 1);
        List<PopulationInfo.Planned> members = new ArrayList<>();
        for (int width : List.of(2, 4)) {
            for (int batch : List.of(8, 32)) {
                for (int seed = 0; seed < seeds; seed++) {
                    members.add(
                            new PopulationInfo.Planned(
                                    "m" + width + "-" + batch + "-" + seed,
                                    cell(width, batch),
                                    OptionalInt.of(seed),
                                    revisions,
                                    "w" + width));
                }
            }
        }
        SequencedMap<String, List<String>> shares = new LinkedHashMap<>();
        shares.put("split", List.of("seed", "width"));
        SequencedMap<String, com.fasterxml.jackson.databind.node.ObjectNode> models =
                new LinkedHashMap<>();
        if (!members.isEmpty()) {
            models.put("w2", Json.object().put("kind", "net").put("width", 2));
        }
        return new PopulationInfo(
                "digits",
                Json.object().put("kind", "training").put("steps", 10),
                List.of(
                        new PopulationInfo.Axis("width", "/model/width", "load"),
                        new PopulationInfo.Axis("batchSize", "/batchSize", "temperature")),
                "",
                shares,
                members,
                models);
    }

    /// A record of each member; the third diverges, the fourth failed.
    static SortedMap<String, MemberRecord> records(PopulationInfo info) {
        TreeMap<String, MemberRecord> records = new TreeMap<>();
        int i = 0;
        for (PopulationInfo.Planned member : info.members()) {
            MemberRecorder out = new MemberRecorder();
            out.series("loss.train.v1", 0, 2.5);
            out.series("loss.train.v1", 10, i == 2 ? Double.NaN : 0.1 * i);
            out.scalar("overlap.v1", 0.25 * i, 0.125, 40);
            int width = member.cell().firstEntry().getValue().intValue();
            out.checkpoint("init", 0, weights(width, i));
            out.updates(10);
            if (i == 2) {
                out.diverged("loss is NaN at update 10");
            }
            out.checkpoint("last", 10, weights(width, 100 + i));
            records.put(
                    member.id(), i == 3 ? MemberRecord.failed("out of memory") : out.finished());
            i++;
        }
        return records;
    }

    static MemberRecord record(SortedMap<String, MemberRecord> records, String id) {
        MemberRecord record = records.get(id);
        if (record == null) {
            throw new IllegalArgumentException(id);
        }
        return record;
    }
}
