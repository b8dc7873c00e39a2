package org.phasezoo.data;

import org.phasezoo.random.Key;

/// A data set as settings; [#split] resolves it into examples.
public sealed interface Dataset permits Digits {
    /// The examples and their division, drawn under a key.
    Split split(Key key);

    int channels();

    int height();

    int width();

    int classes();

    /// Training examples of the split.
    int train();

    /// Test examples of the split.
    int test();
}
