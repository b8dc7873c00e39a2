package org.phasezoo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Json;
import org.phasezoo.metric.Measured;
import org.phasezoo.metric.Net;
import org.phasezoo.study.LandscapeStudy;
import org.phasezoo.suite.MeasureTask;
import org.phasezoo.suite.Member;
import org.phasezoo.zoo.MeasuredRecord;
import org.phasezoo.zoo.PopulationReader;

/// Measures one subject on its stored nets.
record NetTask(MeasureTask task, Path parts, PopulationReader reader, double work)
        implements Workers.Task {

    @Override
    public boolean run(Workers.Logs logs) throws IOException {
        Measured measured = task.measure().metric().measure(nets(task, reader), task::key);
        logs.append(parts, task.id(), 0, new MeasuredRecord(measured).encode());
        return true;
    }

    private static List<Net> nets(MeasureTask task, PopulationReader reader) throws IOException {
        List<Net> nets = new ArrayList<>();
        for (Member member : task.members()) {
            if (!(member.cell().study() instanceof LandscapeStudy study)) {
                throw new IllegalStateException(
                        "a measure of what is no net passed the suite's parser");
            }
            nets.add(
                    study.net(
                            member.run(),
                            reader.weights(member.id(), task.measure().checkpoint())));
        }
        return nets;
    }

    /// The work of tasks, asked of the metric once for each measure and cell.
    static final class Works {
        private final PopulationReader reader;
        private final SequencedMap<String, Double> known = new TreeMap<>();

        Works(PopulationReader reader) {
            this.reader = reader;
        }

        double of(MeasureTask task) throws IOException {
            String place =
                    Json.canonical(task.measure().settings())
                            + task.measure().checkpoint()
                            + task.cell().text();
            @Nullable Double work = known.get(place);
            if (work == null) {
                work = task.measure().metric().multiplyAdds(nets(task, reader));
                known.put(place, work);
            }
            return work;
        }
    }
}
