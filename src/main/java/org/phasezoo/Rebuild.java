package org.phasezoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.phasezoo.document.Pointer;
import org.phasezoo.document.Problems;
import org.phasezoo.study.Kinds;
import org.phasezoo.study.NetStudy;
import org.phasezoo.study.Probe;
import org.phasezoo.study.Study;
import org.phasezoo.study.Tensor;
import org.phasezoo.suite.Cell;
import org.phasezoo.suite.Member;
import org.phasezoo.zoo.MemberRecord;
import org.phasezoo.zoo.PopulationInfo;
import org.phasezoo.zoo.PopulationReader;

/// Members run again from what a population's manifest says, and compared with what is stored of
/// them.
final class Rebuild {
    private Rebuild() {}

    /// One member's comparison.
    ///
    /// @param difference what differs, for people; empty when nothing does
    record Checked(String population, String id, String difference) {
        boolean equal() {
            return difference.isEmpty();
        }
    }

    /// Runs `count` members again, spread evenly over all populations.
    static List<Checked> members(List<PopulationStage> stages, int count, int jobs)
            throws IOException {
        List<One> all = new ArrayList<>();
        for (PopulationStage stage : stages) {
            PopulationReader reader = stage.open();
            for (PopulationInfo.Planned planned : reader.info().members()) {
                all.add(new One(reader, planned, Collections.synchronizedList(new ArrayList<>())));
            }
        }
        List<One> chosen = new ArrayList<>();
        int wanted = Math.min(count, all.size());
        for (int i = 0; i < wanted; i++) {
            chosen.add(all.get((int) ((2L * i + 1) * all.size() / (2L * wanted))));
        }
        Workers.run(chosen, jobs, Progress.silent());
        List<Checked> checked = new ArrayList<>();
        for (One one : chosen) {
            checked.add(
                    new Checked(
                            one.reader().info().population(),
                            one.planned().id(),
                            one.differences().getFirst()));
        }
        return checked;
    }

    private record One(
            PopulationReader reader, PopulationInfo.Planned planned, List<String> differences)
            implements Workers.Task {
        @Override
        public double work() {
            return 1;
        }

        @Override
        public boolean run(Workers.Logs logs) throws IOException {
            Optional<Member> member = member(reader.info(), planned);
            if (member.isEmpty()) {
                differences.add("its settings in the manifest bind to no study");
                return false;
            }
            if (!member.get().id().equals(planned.id())) {
                differences.add(
                        "its id is not the digest of its settings; the ops' revisions may have changed");
                return false;
            }
            MemberRecord again =
                    MemberTask.record(
                            member.get().cell().study(),
                            member.get().run(),
                            Optional.empty(),
                            _ -> {});
            String difference = difference(reader.record(planned.id()), again);
            differences.add(
                    difference.isEmpty() ? probes(reader, member.get(), again) : difference);
            return differences.getFirst().isEmpty();
        }
    }

    private static String probes(PopulationReader reader, Member member, MemberRecord again)
            throws IOException {
        if (!reader.probed()
                || !again.outcome().equals("finished")
                || !(member.cell().study() instanceof NetStudy net)
                || net.probe().isEmpty()) {
            return "";
        }
        Probe probe = net.probe().orElseThrow();
        Tensor inputs = reader.probeInputs();
        for (MemberRecord.Kept kept : again.checkpoints()) {
            Optional<Tensor> stored = reader.probe(member.id(), kept.name());
            if (stored.isPresent()
                    && !Arrays.equals(
                            stored.get().reals(), probe.outputs(inputs, kept.weights()).reals())) {
                return "outputs on the probe at checkpoint " + kept.name();
            }
        }
        return "";
    }

    private static Optional<Member> member(PopulationInfo info, PopulationInfo.Planned planned) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("study", info.study().deepCopy());
        for (PopulationInfo.Axis axis : info.axes()) {
            if (!axis.at().isEmpty()) {
                Pointer.set(
                        whole,
                        axis.at(),
                        planned.cell()
                                .getOrDefault(axis.name(), JsonNodeFactory.instance.nullNode()));
            }
        }
        Problems problems = new Problems("manifest.json");
        Optional<Study<?>> study =
                Kinds.binder()
                        .bind(Study.class, whole.path("study"), "/study", problems)
                        .map(bound -> (Study<?>) bound);
        return study.map(bound ->
                Member.of(
                        new Cell(planned.cell(), whole.path("study"), bound),
                        planned.seed(),
                        info.shares(),
                        info.stream()));
    }

    private static String difference(MemberRecord stored, MemberRecord again) {
        if (Arrays.equals(stored.encode(), again.encode())) {
            return "";
        }
        if (!stored.outcome().equals(again.outcome())) {
            return "outcome " + stored.outcome() + " and then " + again.outcome();
        }
        for (int i = 0; i < Math.min(stored.scalars().size(), again.scalars().size()); i++) {
            if (!stored.scalars().get(i).equals(again.scalars().get(i))) {
                return stored.scalars().get(i) + " and then " + again.scalars().get(i);
            }
        }
        for (int i = 0; i < Math.min(stored.series().size(), again.series().size()); i++) {
            if (!stored.series().get(i).equals(again.series().get(i))) {
                return stored.series().get(i) + " and then " + again.series().get(i);
            }
        }
        return "weights or their number";
    }
}
