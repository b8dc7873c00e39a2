package org.phasezoo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.suite.MemberRow;
import org.phasezoo.suite.Plan;
import org.phasezoo.suite.Profile;

/// The path of a suite's profile from plan to report. Each stage does what is missing or stale and
/// nothing else, so that running it again after a kill is the resume, and running it again at the
/// end does nothing.
final class Pipeline {
    private final Console console;
    private final Home home;
    private final SuiteFolder folder;
    private final Profile profile;
    private final int jobs;

    Pipeline(Console console, Home home, SuiteFolder folder, Profile profile, int jobs) {
        this.console = console;
        this.home = home;
        this.folder = folder;
        this.profile = profile;
        this.jobs = jobs;
    }

    /// Runs all stages under the profile's lock.
    Outcome run() throws IOException {
        long begun = System.nanoTime();
        Path zoo = home.zoo(folder.suite().name(), profile.name());
        try (Lock _ = Lock.take(zoo)) {
            Plan plan = Plan.of(folder.suite(), profile);
            List<PopulationStage> populations = populations(plan, zoo);
            members(populations);
            List<MeasureStage> measures = measures(populations);
            Judgement.Counts verdicts = new Judgement(home, folder, plan, measures).run(false);
            return Outcome.of(
                    folder, profile, measures, verdicts, home, (System.nanoTime() - begun) * 1e-9);
        }
    }

    /// Judges again what is stored; members and measures have to stand.
    void report() throws IOException {
        Path zoo = home.zoo(folder.suite().name(), profile.name());
        try (Lock _ = Lock.take(zoo)) {
            Plan plan = Plan.of(folder.suite(), profile);
            List<MeasureStage> measures = new ArrayList<>();
            for (PopulationStage population : populations(plan, zoo)) {
                MeasureStage stage = population.stands() ? stage(population) : null;
                if (stage == null || !stage.stands()) {
                    throw Refusal.usage(
                            folder.suite().name()
                                    + " "
                                    + profile.name()
                                    + " has not run yet; run it first");
                }
                measures.add(stage);
            }
            new Judgement(home, folder, plan, measures).run(true);
        }
    }

    private MeasureStage stage(PopulationStage population) throws IOException {
        return new MeasureStage(
                population.part(),
                folder.suite().measures(population.part().population().name()),
                population.folder(),
                population.open());
    }

    /// The populations of a plan and where they stand.
    static List<PopulationStage> populations(Plan plan, Path zoo) {
        List<PopulationStage> stages = new ArrayList<>();
        for (Plan.Part part : plan.parts()) {
            stages.add(new PopulationStage(part, zoo.resolve(part.population().name())));
        }
        return stages;
    }

    private void members(List<PopulationStage> populations) throws IOException {
        AtHome atHome = new AtHome(home.zoo());
        List<PopulationStage> open = new ArrayList<>();
        List<MemberTask> tasks = new ArrayList<>();
        for (PopulationStage stage : populations) {
            if (stage.stands()) {
                stage.tidy();
            } else {
                open.add(stage);
                tasks.addAll(stage.missing(atHome));
            }
        }
        work("members", tasks);
        for (PopulationStage stage : open) {
            stage.assemble();
        }
    }

    private List<MeasureStage> measures(List<PopulationStage> populations) throws IOException {
        List<MeasureStage> all = new ArrayList<>();
        List<MeasureStage> open = new ArrayList<>();
        List<NetTask> tasks = new ArrayList<>();
        for (PopulationStage population : populations) {
            MeasureStage stage = stage(population);
            all.add(stage);
            if (stage.stands()) {
                stage.tidy();
            } else {
                open.add(stage);
                tasks.addAll(stage.missing());
            }
        }
        work("measures", tasks);
        for (MeasureStage stage : open) {
            stage.assemble();
        }
        return all;
    }

    private void work(String what, List<? extends Workers.Task> tasks) throws IOException {
        if (tasks.isEmpty()) {
            return;
        }
        double work = 0;
        for (Workers.Task task : tasks) {
            work += task.work();
        }
        Progress progress =
                new Progress(
                        console.err(),
                        console.terminal(),
                        folder.suite().name() + " " + what,
                        tasks.size(),
                        work);
        Workers.run(tasks, jobs, progress);
        progress.end();
    }

    /// How members ended.
    static long count(List<MeasureStage> stages, String outcome) {
        long count = 0;
        for (MeasureStage stage : stages) {
            for (MemberRow member : stage.population().members()) {
                count += member.outcome().equals(outcome) ? 1 : 0;
            }
        }
        return count;
    }
}
