package org.phasezoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.phasezoo.suite.Profile;

/// What a run came to.
record Outcome(
        String suite,
        String profile,
        long finished,
        long diverged,
        long failed,
        Judgement.Counts verdicts,
        Path zoo,
        Path results,
        double seconds) {

    static Outcome of(
            SuiteFolder folder,
            Profile profile,
            List<MeasureStage> stages,
            Judgement.Counts verdicts,
            Home home,
            double seconds) {
        String suite = folder.suite().name();
        return new Outcome(
                suite,
                profile.name(),
                Pipeline.count(stages, "finished"),
                Pipeline.count(stages, "diverged"),
                Pipeline.count(stages, "failed"),
                verdicts,
                home.zoo(suite, profile.name()),
                home.results(suite, profile.name()),
                seconds);
    }

    long planned() {
        return finished + diverged + failed;
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.run.v1");
        root.put("suite", suite).put("profile", profile);
        root.putObject("members")
                .put("planned", planned())
                .put("finished", finished)
                .put("diverged", diverged)
                .put("failed", failed);
        root.putObject("verdicts")
                .put("holds", verdicts.holds())
                .put("fails", verdicts.fails())
                .put("undecided", verdicts.undecided())
                .put("notEvaluated", verdicts.notEvaluated());
        root.put("zoo", zoo.toString()).put("results", results.toString());
        return root.put("seconds", Math.rint(seconds * 1000) / 1000);
    }

    List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s %s: %d members finished, %d diverged, %d failed; claims: %d hold, %d fail, %d undecided, %d not"
                                + " evaluated (%s)",
                        suite,
                        profile,
                        finished,
                        diverged,
                        failed,
                        verdicts.holds(),
                        verdicts.fails(),
                        verdicts.undecided(),
                        verdicts.notEvaluated(),
                        Progress.duration(seconds)),
                "report: " + results.resolve("index.html"),
                "zoo:    " + zoo);
    }
}
