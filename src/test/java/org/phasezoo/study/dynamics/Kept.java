package org.phasezoo.study.dynamics;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.phasezoo.random.Key;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.State;
import org.phasezoo.study.Study;

/// What a member recorded.
final class Kept implements Recorder {
    final SequencedMap<String, Double> values = new LinkedHashMap<>();

    @Override
    public void series(String definition, long step, double value) {
        values.put(definition + "@" + step, value);
    }

    @Override
    public void scalar(String definition, double value, double seSample, long nSample) {
        values.put(definition, value);
    }

    @Override
    public void checkpoint(String name, long update, Arrays weights) {}

    @Override
    public void updates(long updates) {}

    @Override
    public void diverged(String reason) {
        values.put("diverged", 1.0);
    }

    double of(String definition) {
        return values.getOrDefault(definition, Double.NaN);
    }

    static Run run(long seed) {
        return purpose -> Key.of(purpose + seed);
    }

    static <S extends State> Kept finish(Study<S> study, long seed) {
        Kept kept = new Kept();
        S state = study.start(run(seed));
        while (study.advance(state, run(seed), kept)) {}
        return kept;
    }

    /// The same, saved and restored after each slice.
    static <S extends State> Kept interrupted(Study<S> study, long seed) {
        Kept kept = new Kept();
        S state = study.start(run(seed));
        while (study.advance(state, run(seed), kept)) {
            state = study.restore(run(seed), state.save());
        }
        return kept;
    }
}
