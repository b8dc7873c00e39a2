package org.phasezoo.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.document.Binder;
import org.phasezoo.metric.Metric;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Observable;
import org.phasezoo.study.Recorder;
import org.phasezoo.study.Run;
import org.phasezoo.study.State;
import org.phasezoo.study.Study;
import org.phasezoo.study.Tensor;

/// The smallest study with a state: a counter that walks `steps` steps from the low bits of its
/// key.
record Walk(int steps, double load, boolean frozen) implements Study<Walk.At> {
    Walk {
        if (steps < 1 || steps > 1000) {
            throw new IllegalArgumentException(
                    "steps " + steps + " is outside 1..1000; choose fewer");
        }
        if (load > steps) {
            throw new IllegalArgumentException(
                    "load " + load + " exceeds steps " + steps + "; lower it");
        }
    }

    static final Binder BINDER =
            Binder.plain()
                    .with(Study.class, List.of(Walk.class))
                    .with(Metric.class, List.<Class<Metric>>of());

    record At(long step, long value) implements State {
        @Override
        public Arrays save() {
            return new Arrays(
                    new LinkedHashMap<>(
                            Map.of("at", new Tensor.Int64(List.of(2), new long[] {step, value}))));
        }
    }

    @Override
    public List<Observable> observables() {
        return List.of(
                new Observable("walk.end.v1", false, "1"),
                new Observable("walk.path.v1", true, "1"));
    }

    @Override
    public At start(Run run) {
        return new At(0, run.key("start").bits() & 0xff);
    }

    @Override
    public boolean advance(At state, Run run, Recorder out) {
        out.scalar("walk.end.v1", state.value() + steps, Double.NaN, 0);
        return false;
    }

    @Override
    public At restore(Run run, Arrays saved) {
        long[] at = ((Tensor.Int64) saved.get("at")).values();
        return new At(at[0], at[1]);
    }

    @Override
    public SequencedMap<String, Integer> revisions() {
        return new TreeMap<>(Map.of("walk", 1));
    }

    @Override
    public double multiplyAdds() {
        return steps;
    }

    @Override
    public boolean seeded() {
        return !frozen;
    }
}
