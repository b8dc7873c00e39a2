package org.phasezoo.train;

/// How long training lasts. An epoch is a pass over the training examples without the last
/// incomplete batch.
public sealed interface Length {
    /// A number of epochs.
    record Epochs(int count) implements Length {
        public Epochs {
            if (count < 1) {
                throw new IllegalArgumentException("count " + count + " must be at least 1");
            }
        }
    }

    /// A number of updates; the last epoch may be cut short.
    record Updates(int count) implements Length {
        public Updates {
            if (count < 1) {
                throw new IllegalArgumentException("count " + count + " must be at least 1");
            }
        }
    }

    /// Updates in all.
    default long updates(int perEpoch) {
        return switch (this) {
            case Epochs(int count) -> (long) count * perEpoch;
            case Updates(int count) -> count;
        };
    }
}
