package org.phasezoo.study;

import org.phasezoo.metric.Net;

/// A study whose checkpoints are trained networks, so that landscape metrics can be measured on them.
public interface NetStudy {
    /// The network of a checkpoint of the member that `run` stands for.
    Net net(Run run, Arrays weights);
}
