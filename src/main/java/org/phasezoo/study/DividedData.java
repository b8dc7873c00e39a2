package org.phasezoo.study;

import java.util.List;
import org.phasezoo.data.Dataset;
import org.phasezoo.data.Split;
import org.phasezoo.random.Key;

/// A data set, divided under a key.
record DividedData(Dataset data, Key key) implements TrainingData.Source {
    @Override
    public TrainingData get() {
        Split split = data.split(key);
        List<Integer> shape =
                List.of(split.labels().length, split.channels(), split.height(), split.width());
        return new TrainingData(
                new Tensor.Float32(shape, split.inputs()),
                split.labels(),
                split.train(),
                split.test());
    }
}
