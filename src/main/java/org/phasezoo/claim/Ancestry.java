package org.phasezoo.claim;

import java.util.List;

/// What definitions are computed from. Two definitions overlap when they share something measured, so that selecting by
/// one and testing the other on the same members would be true by construction.
final class Ancestry {
    private Ancestry() {}

    /// The measured things behind a definition; a definition that is not listed stands on itself alone.
    static List<String> of(String definition) {
        return switch (definition) {
            case "loss.train.v1", "accuracy.train.v1", "loss.train.running.v1" -> List.of("training predictions");
            case "loss.test.v1", "accuracy.test.v1" -> List.of("test predictions");
            case "gap.accuracy.v1" -> List.of("training predictions", "test predictions");
            case "mode-connectivity.train-error.v1", "mode-connectivity.train-error.taxonomy.v1" ->
                List.of("curve", "training predictions");
            case "cka.softmax.taxonomy.v1", "cka.softmax.debiased.v1" -> List.of("mixed inputs' predictions");
            case "hessian.lambda-max.v1", "hessian.trace.v1" -> List.of("curvature");
            case "cumulant.four.v1", "cumulant.four.scaled.v1", "cumulant.four.ratio.v1", "cumulant.six.v1",
                    "distance.gauss.v1", "distance.edgeworth.v1", "distance.ratio.v1" -> List.of("ensemble of outputs");
            case "isometry.gap.v1", "isometry.gap.log.v1" -> List.of("isometry gap");
            case "ntk.error.v1", "ntk.bias.v1", "ntk.change.v1" -> List.of("tangent kernel");
            case "output.inside.v1", "output.square.v1" -> List.of("trained outputs");
            case "frontier.size.v1", "frontier.loss.v1", "frontier.size.excess.v1", "frontier.loss.excess.v1",
                    "frontier.loss.excess.high.v1", "frontier.loss.approach.v1", "floor.excess.v1", "phase.right.v1" ->
                List.of("risk curves");
            case "phase" -> List.of("training predictions", "curve", "mixed inputs' predictions");
            default -> List.of(definition);
        };
    }

    static boolean overlap(String a, String b) {
        for (String ancestor : of(a)) {
            if (of(b).contains(ancestor)) {
                return true;
            }
        }
        return false;
    }
}
