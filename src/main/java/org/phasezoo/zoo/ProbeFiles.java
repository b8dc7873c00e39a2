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
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Tensor;

/// `probe-inputs.arrow`, one column `inputs` and a row an input, and `probe.arrow`, the engine's `outputs` on them for
/// each checkpoint kept of each finished net, with the columns of a weights file.
final class ProbeFiles {
    static final String INPUTS = "probe-inputs.arrow";
    static final String OUTPUTS = "probe.arrow";
    private static final String INPUTS_COLUMN = "inputs";
    private static final String OUTPUTS_COLUMN = "outputs";

    private ProbeFiles() {}

    /// Writes both files; false when no net finished. Nets whose inputs or outputs have other shapes than the first
    /// net's have no row.
    static boolean write(
            Path folder, PopulationInfo info, PopulationWriter.Records records, PopulationWriter.Probes probes)
            throws IOException {
        Tensor.@Nullable Float32 inputs = null;
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
        Tensor.Float32 common = inputs;
        Arrays shapes = first;
        Staged.write(folder.resolve(INPUTS), beside -> writeInputs(beside, common));
        Staged.write(folder.resolve(OUTPUTS), beside -> {
            try (WeightsFile.Writer out = new WeightsFile.Writer(beside, shapes)) {
                for (PopulationInfo.Planned member : info.members()) {
                    Optional<Probe> probe = probes.of(member.id());
                    if (probe.isEmpty() || !probe.get().inputs().shape().equals(common.shape())) {
                        continue;
                    }
                    for (MemberRecord.Kept kept : kept(records, member.id())) {
                        Arrays row = outputs(probe.get(), common, kept.weights());
                        if (row.get(OUTPUTS_COLUMN).size() == shapes.get(OUTPUTS_COLUMN).size()) {
                            out.add(member.id(), new MemberRecord.Kept(kept.name(), kept.update(), row));
                        }
                    }
                }
            }
        });
        return true;
    }

    private static List<MemberRecord.Kept> kept(PopulationWriter.Records records, String id) throws IOException {
        MemberRecord record = records.of(id);
        return record.outcome().equals("finished") ? record.checkpoints() : List.of();
    }

    private static Arrays outputs(Probe probe, Tensor.Float32 inputs, Arrays weights) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(OUTPUTS_COLUMN, probe.outputs(inputs, weights));
        return new Arrays(tensors);
    }

    private static void writeInputs(Path file, Tensor.Float32 inputs) throws IOException {
        int each = inputs.size() / Probe.INPUTS;
        List<Integer> shape = inputs.shape().subList(1, inputs.shape().size());
        Schema schema = new Schema(List.of(WeightsFile.field(INPUTS_COLUMN, new Tensor.Float32(shape, new float[each]))));
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
            writer.start();
            FixedSizeListVector list = (FixedSizeListVector) root.getVector(0);
            list.setInitialCapacity(Probe.INPUTS);
            list.allocateNew();
            Float4Vector data = (Float4Vector) list.getDataVector();
            for (int i = 0; i < inputs.size(); i++) {
                data.setSafe(i, inputs.values()[i]);
            }
            for (int row = 0; row < Probe.INPUTS; row++) {
                list.setNotNull(row);
            }
            root.setRowCount(Probe.INPUTS);
            writer.writeBatch();
            writer.end();
        }
    }

    /// The inputs, `(32, …)`.
    static Tensor.Float32 inputs(Path file) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            boolean loaded = reader.loadNextBatch();
            boolean named = root.getSchema().getFields().size() == 1
                    && root.getSchema().getFields().getFirst().getName().equals(INPUTS_COLUMN)
                    && WeightsFile.isTensor(root.getSchema().getFields().getFirst());
            if (!loaded || !named || root.getRowCount() != Probe.INPUTS
                    || !(root.getVector(0) instanceof FixedSizeListVector list)
                    || !(list.getDataVector() instanceof Float4Vector data)) {
                throw new DamagedFile(file, "not " + Probe.INPUTS + " float32 rows of one column " + INPUTS_COLUMN);
            }
            float[] values = new float[Probe.INPUTS * list.getListSize()];
            for (int i = 0; i < values.length; i++) {
                values[i] = data.get(i);
            }
            List<Integer> shape = new ArrayList<>(List.of(Probe.INPUTS));
            shape.addAll(WeightsFile.shape(String.valueOf(list.getField().getMetadata().get("shape"))));
            return new Tensor.Float32(List.copyOf(shape), values);
        } catch (RuntimeException e) {
            throw new DamagedFile(file, "Arrow cannot read it (" + e.getClass().getSimpleName() + ")");
        }
    }

    /// A row's outputs, `(32, outputs)`.
    static Tensor.Float32 outputs(Path file, WeightsFile.Place place) throws IOException {
        Arrays row = WeightsFile.weights(file, place);
        if (row.tensors().size() == 1
                && row.tensors().get(OUTPUTS_COLUMN) instanceof Tensor.Float32 outputs
                && outputs.shape().getFirst() == Probe.INPUTS) {
            return outputs;
        }
        throw new DamagedFile(file, "its rows are not " + Probe.INPUTS + " rows of float32 outputs");
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
