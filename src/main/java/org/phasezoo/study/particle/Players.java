package org.phasezoo.study.particle;

/// What each of two players has, a law or the moments of one, written in place.
record Players(double[] first, double[] second) {
    /// Moves both by a share of the way to `target`; how far they went, in L¹.
    double mix(Players target, double share) {
        return Laws.mix(first, target.first, share) + Laws.mix(second, target.second, share);
    }

    /// In L¹.
    double distance(Players other) {
        return Laws.distance(first, other.first) + Laws.distance(second, other.second);
    }
}
