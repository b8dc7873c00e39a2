package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.suite.Plan;
import org.phasezoo.zoo.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `phasezoo status SUITE`: how far a profile is.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "How far a profile is: members, measures, judgement. Changes nothing.",
        footer = {"", "Examples:", "  phasezoo status phase-digits-v1", "  phasezoo status --all --profile full"})
final class StatusCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private Options options = new Options();

    @Parameters(arity = "0..1", paramLabel = "SUITE", description = "A suite's name, or a folder.")
    private @Nullable String suite;

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Home home = options.place();
        ArrayNode suites = JsonNodeFactory.instance.arrayNode();
        for (SuiteFolder folder : options.suites(Optional.ofNullable(suite))) {
            Plan plan = Plan.of(folder.suite(), options.profile(folder));
            String name = folder.suite().name();
            Path zoo = home.zoo(name, plan.profile().name());
            List<PopulationStage> stages = Pipeline.populations(plan, zoo);
            boolean current = true;
            for (PopulationStage stage : stages) {
                current &= stage.stands();
            }
            boolean report = Files.isRegularFile(home.results(name, plan.profile().name()).resolve("run.json"));
            boolean judged = report && current;
            ObjectNode one = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.status.v1");
            one.put("suite", name).put("profile", plan.profile().name()).put("judged", judged);
            ArrayNode populations = one.putArray("populations");
            String command = "`phasezoo run " + (suite == null ? name : suite)
                    + (options.profile.equals("quick") ? "" : " --profile " + options.profile) + "`";
            console(name + " " + plan.profile().name() + ": " + (judged
                    ? "judged, report " + home.results(name, plan.profile().name()).resolve("index.html")
                    : report
                            ? "judged before the suite or an op changed; " + command + " makes it anew"
                            : "not judged yet; " + command + " does what is missing"));
            for (PopulationStage stage : stages) {
                boolean measured = stage.stands() && Manifest.complete(stage.folder().resolve("measures"));
                int finished = stage.finished();
                populations
                        .addObject()
                        .put("name", stage.part().population().name())
                        .put("planned", stage.part().members().size())
                        .put("done", finished)
                        .put("complete", stage.stands())
                        .put("measured", measured);
                console(String.format(
                        Locale.ROOT,
                        "  %-20s %d of %d members%s%s",
                        stage.part().population().name(),
                        finished,
                        stage.part().members().size(),
                        stage.stands() ? ", complete" : "",
                        measured ? ", measured" : ""));
            }
            suites.add(one);
        }
        if (options.json) {
            ObjectNode all = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.statuses.v1");
            all.set("suites", suites);
            console.json(options.all ? all : suites.get(0));
        }
        return Exit.OK;
    }

    private void console(String line) {
        if (!options.json) {
            console.line(line);
        }
    }
}
