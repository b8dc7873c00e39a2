package org.phasezoo.study;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.phasezoo.document.Binder;

/// A study that trains a [StoredNet] on what it draws itself.
public interface StoredNetStudy extends NetStudy {
    /// What it trains.
    StoredNet net();

    /// Which of [Checkpoint#INIT] and [Checkpoint#LAST] to keep.
    List<Checkpoint> checkpoints();

    /// These checkpoints; refuses those that such a study does not have.
    static List<Checkpoint> checked(List<Checkpoint> checkpoints) {
        for (Checkpoint checkpoint : checkpoints) {
            if (checkpoint != Checkpoint.INIT && checkpoint != Checkpoint.LAST) {
                throw new IllegalArgumentException(
                        "checkpoints name "
                                + Binder.kebab(checkpoint.name())
                                + ", which is not kept here; choose from init and last");
            }
        }
        return List.copyOf(checkpoints);
    }

    /// Keeps the tensors, one after the other, if this checkpoint is to be kept.
    default void keep(Checkpoint checkpoint, long update, double[] tensors, Recorder out) {
        if (checkpoints().contains(checkpoint)) {
            Arrays weights = Weights.named(net().precision(), net().tensors(), tensors);
            out.checkpoint(Binder.kebab(checkpoint.name()), update, weights);
        }
    }

    @Override
    default String architectureId() {
        return NetStudy.named(net().id(), net().precision());
    }

    @Override
    default ObjectNode settings() {
        return net().settings();
    }

    @Override
    default ObjectNode model() {
        return ModelJson.of(net());
    }

    @Override
    default Optional<Probe> probe() {
        StoredNet net = net();
        return net.rows().map(rows -> new StoredProbe(net, rows));
    }

    @Override
    default Optional<TrainingData.Source> data(Run run) {
        return Optional.empty();
    }
}
