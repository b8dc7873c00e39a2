package org.phasezoo.zoo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Tensor;

/// `probe-inputs.arrow`, one column `inputs` and a row an input, and `probe.arrow`, the engine's
/// `outputs` on them for each checkpoint kept of each finished net, with the columns of a weights
/// file.
final class ProbeFiles {
    static final String INPUTS = "probe-inputs.arrow";
    static final String OUTPUTS = "probe.arrow";
    private static final String INPUTS_COLUMN = "inputs";
    private static final String OUTPUTS_COLUMN = "outputs";

    private ProbeFiles() {}

    /// Writes both files; false when no net finished. Nets whose inputs or outputs have another
    /// shape or element type than the first net's have no row.
    static boolean write(
            Path folder,
            PopulationInfo info,
            PopulationWriter.Records records,
            PopulationWriter.Probes probes)
            throws IOException {
        @Nullable Tensor inputs = null;
        Arrays first = new Arrays(new LinkedHashMap<>());
        for (PopulationInfo.Planned member : info.members()) {
            List<MemberRecord.Kept> kept = kept(records, member.id());
            Optional<Probe> probe = probes.of(member.id());
            if (probe.isPresent() && !kept.isEmpty()) {
                inputs = probe.get().inputs();
                first = outputs(probe.get(), inputs, kept.getFirst().weights());
                break;
            }
        }
        if (inputs == null) {
            return false;
        }
        Tensor common = inputs;
        Arrays shapes = first;
        Staged.write(folder.resolve(INPUTS), beside -> writeInputs(beside, common));
        Staged.write(
                folder.resolve(OUTPUTS),
                beside -> {
                    try (WeightsFile.Writer out = new WeightsFile.Writer(beside, shapes)) {
                        for (PopulationInfo.Planned member : info.members()) {
                            Optional<Probe> probe = probes.of(member.id());
                            if (probe.isEmpty() || !alike(probe.get().inputs(), common)) {
                                continue;
                            }
                            for (MemberRecord.Kept kept : kept(records, member.id())) {
                                Arrays row = outputs(probe.get(), common, kept.weights());
                                if (alike(row.get(OUTPUTS_COLUMN), shapes.get(OUTPUTS_COLUMN))) {
                                    out.add(
                                            member.id(),
                                            new MemberRecord.Kept(kept.name(), kept.update(), row));
                                }
                            }
                        }
                    }
                });
        return true;
    }

    private static boolean alike(Tensor a, Tensor b) {
        return a.getClass() == b.getClass() && a.shape().equals(b.shape());
    }

    private static List<MemberRecord.Kept> kept(PopulationWriter.Records records, String id)
            throws IOException {
        MemberRecord record = records.of(id);
        return record.outcome().equals("finished") ? record.checkpoints() : List.of();
    }

    private static Arrays outputs(Probe probe, Tensor inputs, Arrays weights) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(OUTPUTS_COLUMN, probe.outputs(inputs, weights));
        return new Arrays(tensors);
    }

    private static void writeInputs(Path file, Tensor inputs) throws IOException {
        Schema schema = new Schema(List.of(WeightsFile.field(INPUTS_COLUMN, row(inputs, 0))));
        try (Batches batches = new Batches(file, schema, Batches.ofRows(Probe.INPUTS))) {
            for (int row = 0; row < Probe.INPUTS; row++) {
                FixedSizeListVector list = (FixedSizeListVector) batches.root().getVector(0);
                WeightsFile.put(list, row, row(inputs, row));
                batches.next(Probe.INPUTS);
            }
        }
    }

    private static Tensor row(Tensor inputs, int row) {
        List<Integer> shape = inputs.shape().subList(1, inputs.shape().size());
        int from = row * inputs.size() / Probe.INPUTS;
        int to = (row + 1) * inputs.size() / Probe.INPUTS;
        return switch (inputs) {
            case Tensor.Float32(_, float[] values) ->
                    new Tensor.Float32(shape, java.util.Arrays.copyOfRange(values, from, to));
            case Tensor.Float64(_, double[] values) ->
                    new Tensor.Float64(shape, java.util.Arrays.copyOfRange(values, from, to));
            case Tensor.Int32 _, Tensor.Int64 _ ->
                    throw new IllegalArgumentException("inputs are of float32 or float64");
        };
    }

    /// The inputs, `(32, …)`.
    static Tensor inputs(Path file) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            boolean loaded = reader.loadNextBatch();
            boolean named =
                    root.getSchema().getFields().size() == 1
                            && root.getSchema()
                                    .getFields()
                                    .getFirst()
                                    .getName()
                                    .equals(INPUTS_COLUMN)
                            && WeightsFile.isTensor(root.getSchema().getFields().getFirst());
            if (!loaded
                    || !named
                    || root.getRowCount() != Probe.INPUTS
                    || !(root.getVector(0) instanceof FixedSizeListVector list)) {
                throw new DamagedFile(
                        file, "not " + Probe.INPUTS + " rows of one column " + INPUTS_COLUMN);
            }
            List<Integer> shape = new ArrayList<>(List.of(Probe.INPUTS));
            shape.addAll(
                    WeightsFile.shape(String.valueOf(list.getField().getMetadata().get("shape"))));
            return WeightsFile.tensor(
                    list.getDataVector(), 0, Probe.INPUTS * list.getListSize(), shape);
        } catch (RuntimeException e) {
            throw new DamagedFile(
                    file, "Arrow cannot read it (" + e.getClass().getSimpleName() + ")");
        }
    }

    /// A row's outputs, `(32, outputs)`.
    static Tensor outputs(Path file, WeightsFile.Place place) throws IOException {
        Arrays row = WeightsFile.weights(file, place);
        if (row.tensors().size() == 1
                && row.tensors().get(OUTPUTS_COLUMN) instanceof Tensor outputs
                && outputs.shape().getFirst() == Probe.INPUTS) {
            return outputs;
        }
        throw new DamagedFile(file, "its rows are not " + Probe.INPUTS + " rows of outputs");
    }

    /// Refuses files that are not of the format.
    static void check(Path folder) throws IOException {
        inputs(folder.resolve(INPUTS));
        Path file = folder.resolve(OUTPUTS);
        for (WeightsFile.Place place : WeightsFile.places(file).stream().limit(1).toList()) {
            outputs(file, place);
        }
    }
}
