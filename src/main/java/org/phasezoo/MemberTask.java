package org.phasezoo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.phasezoo.study.Run;
import org.phasezoo.study.State;
import org.phasezoo.study.Study;
import org.phasezoo.suite.Member;
import org.phasezoo.zoo.MemberRecord;
import org.phasezoo.zoo.MemberRecorder;
import org.phasezoo.zoo.Unfinished;
import org.phasezoo.zoo.WorkLog;

/// Runs one member to its end, from its start or from where a kill left it.
record MemberTask(Member member, Path parts, Optional<Unfinished> begun) implements Workers.Task {
    private static final long CHECKPOINT_NANOS = 1_000_000_000L;

    /// Where checkpoints inside a member go.
    interface Checkpoints {
        void put(Unfinished unfinished) throws IOException;
    }

    @Override
    public double work() {
        return member.cell().study().multiplyAdds();
    }

    @Override
    public boolean run(Workers.Logs logs) throws IOException {
        MemberRecord record =
                record(
                        member.cell().study(),
                        member.run(),
                        begun,
                        unfinished ->
                                logs.append(
                                        parts,
                                        WorkLog.unfinished(member.id()),
                                        System.currentTimeMillis(),
                                        unfinished.encode()));
        logs.append(parts, member.id(), 0, record.encode());
        return !record.outcome().equals("failed");
    }

    /// What a member gives. A study that breaks is a failed member, not a failed run.
    static <S extends State> MemberRecord record(
            Study<S> study, Run run, Optional<Unfinished> begun, Checkpoints checkpoints)
            throws IOException {
        MemberRecorder recorder =
                begun.map(unfinished -> new MemberRecorder(unfinished.soFar()))
                        .orElseGet(MemberRecorder::new);
        try {
            S state =
                    begun.isPresent() ? study.restore(run, begun.get().state()) : study.start(run);
            long last = System.nanoTime();
            while (study.advance(state, run, recorder) && recorder.running()) {
                if (System.nanoTime() - last > CHECKPOINT_NANOS) {
                    checkpoints.put(new Unfinished(state.save(), recorder.soFar()));
                    last = System.nanoTime();
                }
            }
            return recorder.finished();
        } catch (RuntimeException e) {
            if (System.getenv("PHASEZOO_DEBUG") != null) {
                e.printStackTrace();
            }
            return recorder.failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
