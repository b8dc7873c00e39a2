package org.phasezoo.zoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.Recorder;

/// Builds a [MemberRecord] from what a study records. A checkpoint or scalar of a name that was
/// recorded before replaces it; nothing is recorded after `diverged`.
public final class MemberRecorder implements Recorder {
    private final List<MemberRecord.Point> series = new ArrayList<>();
    private final SequencedMap<String, MemberRecord.Scalar> scalars = new LinkedHashMap<>();
    private final SequencedMap<String, MemberRecord.Kept> checkpoints = new LinkedHashMap<>();
    private String outcome = "running";
    private String reason = "";
    private long updates;

    public MemberRecorder() {}

    /// Goes on where an unfinished member's checkpoint was taken.
    public MemberRecorder(MemberRecord soFar) {
        outcome = soFar.outcome();
        reason = soFar.reason();
        updates = soFar.updates();
        series.addAll(soFar.series());
        soFar.scalars().forEach(s -> scalars.put(s.definition(), s));
        soFar.checkpoints().forEach(k -> checkpoints.put(k.name(), k));
    }

    @Override
    public void series(String definition, long step, double value) {
        if (running()) {
            series.add(new MemberRecord.Point(definition, step, Numbers.canonical(value)));
        }
    }

    @Override
    public void scalar(String definition, double value, double seSample, long nSample) {
        if (running()) {
            scalars.put(
                    definition,
                    new MemberRecord.Scalar(
                            definition,
                            Numbers.canonical(value),
                            Numbers.canonical(seSample),
                            nSample));
        }
    }

    @Override
    public void checkpoint(String name, long update, Arrays weights) {
        if (running()) {
            checkpoints.put(name, new MemberRecord.Kept(name, update, weights));
        }
    }

    @Override
    public void updates(long done) {
        if (running()) {
            updates = done;
        }
    }

    @Override
    public void diverged(String why) {
        if (running()) {
            outcome = "diverged";
            reason = why;
        }
    }

    /// Whether the member goes on: it has not diverged.
    public boolean running() {
        return outcome.equals("running");
    }

    /// All that was recorded so far, `running` or `diverged`: what a checkpoint of an unfinished
    /// member holds.
    public MemberRecord soFar() {
        return new MemberRecord(
                outcome,
                reason,
                updates,
                series,
                List.copyOf(scalars.values()),
                List.copyOf(checkpoints.values()));
    }

    /// The record of the member at its end, `finished` or `diverged`.
    public MemberRecord finished() {
        return ended(running() ? "finished" : outcome, reason);
    }

    /// The record of a member that cannot go on, for a reason that is no divergence.
    public MemberRecord failed(String why) {
        return ended("failed", why);
    }

    private MemberRecord ended(String how, String why) {
        return new MemberRecord(
                how,
                why,
                updates,
                series,
                List.copyOf(scalars.values()),
                List.copyOf(checkpoints.values()));
    }
}
