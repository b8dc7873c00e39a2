package org.phasezoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.phasezoo.engine.Precision;
import org.phasezoo.metric.Net;
import org.phasezoo.study.Arrays;
import org.phasezoo.study.LandscapeStudy;
import org.phasezoo.study.Run;
import org.phasezoo.study.State;
import org.phasezoo.study.StreamTraining;
import org.phasezoo.study.Study;
import org.phasezoo.study.Tensor;
import org.phasezoo.study.Training;
import org.phasezoo.suite.Cell;
import org.phasezoo.suite.MeasureTask;
import org.phasezoo.suite.Member;
import org.phasezoo.suite.Plan;
import org.phasezoo.train.Footprint;

/// What a plan will cost, before anything runs. Work is counted by the studies themselves; a core
/// is taken to do [#MULTIPLY_ADDS_A_SECOND] of a net's that trains on data or on a stream and
/// [#SCALAR_MULTIPLY_ADDS_A_SECOND] of other systems', measured on two cores with `phase-digits-v1`
/// and `dense-hebb-unsup-v1`; what a member keeps is taken from the states that some of its
/// population start in, what its programs take from the programs themselves.
///
/// @param memoryBytes programBytes, and an estimate of all else
/// @param programBytes of the programs of as many members as run at once
/// @param programs for each population the memory of its largest cell's programs
/// @param metrics the same of the programs of its metrics, where it has any
record Estimate(
        int members,
        int measures,
        double coreHours,
        long memoryBytes,
        long programBytes,
        long diskBytes,
        List<Footprint> programs,
        List<Footprint> metrics) {
    static final double MULTIPLY_ADDS_A_SECOND = 2.8e10;
    static final double SCALAR_MULTIPLY_ADDS_A_SECOND = 4e9;

    /// Seconds of one update: a vector holds half as many doubles as floats.
    static double seconds(double flops, Precision precision) {
        return flops / (2 * MULTIPLY_ADDS_A_SECOND) * precision.bytes() / Float.BYTES;
    }

    /// Of the JVM's start, its compilers, judgement and report.
    private static final double CORE_SECONDS_BESIDES = 3;

    private static final int SAMPLES = 8;
    private static final int CHECKPOINTS = 3;
    private static final long TABLES_A_MEMBER = 16 << 10;
    private static final long JVM = 200L << 20;

    /// Of a member's state, on its way to disk and back.
    private static final long COPIES = 8;

    static Estimate of(Plan plan, int jobs) {
        double seconds = CORE_SECONDS_BESIDES;
        long disk = 0;
        long largest = 0;
        long running = 0;
        int measures = 0;
        List<Footprint> programs = new ArrayList<>();
        List<Footprint> metrics = new ArrayList<>();
        for (Plan.Part part : plan.parts()) {
            long sampled = 0;
            int samples = 0;
            int step = Math.max(1, part.members().size() / SAMPLES);
            for (int i = 0; i < part.members().size(); i++) {
                Member member = part.members().get(i);
                seconds += seconds(member.cell().study());
                if (i % step == 0) {
                    long bytes = bytes(member.cell().study(), member.run());
                    largest = Math.max(largest, bytes);
                    sampled += bytes;
                    samples++;
                }
            }
            measures += part.tasks().size();
            Footprint program = footprint(part);
            programs.add(program);
            Metrics measured = Metrics.of(part);
            metrics.add(measured.footprint());
            running = Math.max(running, program.or(measured.footprint()).bytes());
            seconds += measured.multiplyAdds() / MULTIPLY_ADDS_A_SECOND;
            long each = samples == 0 ? 0 : sampled / samples;
            disk += part.members().size() * (CHECKPOINTS * each + TABLES_A_MEMBER);
            if (part.members().getFirst().cell().study() instanceof LandscapeStudy) {
                disk += program.dataBytes(); // stored beside the nets
            }
        }
        return new Estimate(
                plan.members(),
                measures,
                seconds / 3600,
                JVM + jobs * (COPIES * largest + running),
                jobs * running,
                disk,
                programs,
                metrics);
    }

    private static double seconds(Study<?> study) {
        boolean engine = study instanceof Training || study instanceof StreamTraining;
        return study.multiplyAdds()
                / (engine ? MULTIPLY_ADDS_A_SECOND : SCALAR_MULTIPLY_ADDS_A_SECOND);
    }

    /// The memory of the programs of the cell whose programs take most.
    private static Footprint footprint(Plan.Part part) {
        Footprint most = Footprint.NONE;
        Optional<Cell> last = Optional.empty();
        for (Member member : part.members()) {
            if (last.isEmpty() || last.get() != member.cell()) {
                most = most.or(member.cell().study().footprint(member.run()));
                last = Optional.of(member.cell());
            }
        }
        return most;
    }

    /// What a population's metrics cost, asked once for each measure and cell on nets that are not
    /// trained.
    private record Metrics(double multiplyAdds, Footprint footprint) {
        static Metrics of(Plan.Part part) {
            double work = 0;
            Footprint most = Footprint.NONE;
            String last = "";
            double each = 0;
            for (MeasureTask task : part.tasks()) {
                String place =
                        task.measure().metric() + task.measure().checkpoint() + task.cell().text();
                if (!place.equals(last)) {
                    List<Net> nets = new ArrayList<>();
                    for (Member member : task.members()) {
                        if (member.cell().study() instanceof LandscapeStudy study) {
                            nets.add(study.untrained(member.run()));
                        }
                    }
                    each = task.measure().metric().multiplyAdds(nets);
                    most = most.or(task.measure().metric().footprint(nets));
                    last = place;
                }
                work += each;
            }
            return new Metrics(work, most);
        }
    }

    private static <S extends State> long bytes(Study<S> study, Run run) {
        Arrays state = study.start(run).save();
        long bytes = 0;
        for (Tensor tensor : state.tensors().values()) {
            bytes +=
                    switch (tensor) {
                        case Tensor.Float32 t -> 4L * t.size();
                        case Tensor.Int32 t -> 4L * t.size();
                        case Tensor.Float64 t -> 8L * t.size();
                        case Tensor.Int64 t -> 8L * t.size();
                    };
        }
        return bytes;
    }
}
