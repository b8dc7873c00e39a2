package org.phasezoo.study;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.phasezoo.random.Key;

/// What a member recorded.
public final class Kept implements Recorder {
    public final SequencedMap<String, Double> values = new LinkedHashMap<>();
    public final SequencedMap<String, Arrays> checkpoints = new LinkedHashMap<>();

    @Override
    public void series(String definition, long step, double value) {
        values.put(definition + "@" + step, value);
    }

    @Override
    public void scalar(String definition, double value, double seSample, long nSample) {
        values.put(definition, value);
    }

    @Override
    public void checkpoint(String name, long update, Arrays weights) {
        checkpoints.put(name, weights);
    }

    @Override
    public void updates(long updates) {}

    @Override
    public void diverged(String reason) {
        values.put("diverged", 1.0);
    }

    public double of(String definition) {
        return values.getOrDefault(definition, Double.NaN);
    }

    public static Run run(long seed) {
        return purpose -> Key.of(purpose + seed);
    }

    public static <S extends State> Kept finish(Study<S> study, long seed) {
        Kept kept = new Kept();
        S state = study.start(run(seed));
        while (study.advance(state, run(seed), kept)) {}
        return kept;
    }

    /// The same, saved and restored after each slice.
    public static <S extends State> Kept interrupted(Study<S> study, long seed) {
        Kept kept = new Kept();
        S state = study.start(run(seed));
        while (study.advance(state, run(seed), kept)) {
            state = study.restore(run(seed), state.save());
        }
        return kept;
    }
}
