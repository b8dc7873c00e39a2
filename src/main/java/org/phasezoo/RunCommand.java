package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `phasezoo run SUITE`: everything from plan to report that is missing or stale.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Generates a suite's populations, measures them, judges its claims, writes the report.",
            "Does what is missing or stale and nothing else; running it again after a kill is the resume."
        },
        footer = {
            "",
            "Examples:",
            "  phasezoo run phase-digits-v1",
            "  phasezoo run phase-digits-v1 --profile full --jobs 8",
            "  phasezoo run ./my-suite --home /tmp/try --json"
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private Options options = new Options();

    @Option(
            names = "--release",
            hidden = true,
            description = "Write released/<profile>.json into the suite.")
    private boolean release;

    @Parameters(arity = "0..1", paramLabel = "SUITE", description = "A suite's name, or a folder.")
    private @Nullable String suite;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<SuiteFolder> folders = options.suites(Optional.ofNullable(suite));
        SelfCheck.require(options.slow);
        ArrayNode runs = JsonNodeFactory.instance.arrayNode();
        int exit = Exit.OK;
        for (SuiteFolder folder : folders) {
            Home home = options.place();
            Outcome outcome =
                    new Pipeline(console, home, folder, options.profile(folder), options.workers())
                            .run();
            Released released = new Released(folder, outcome);
            if (release) {
                released.write();
            }
            List<Problem> differences = released.compare();
            if (!differences.isEmpty()) {
                throw Refusal.mismatch(
                        outcome.suite()
                                + ": "
                                + differences.size()
                                + " files differ from released/"
                                + outcome.profile()
                                + ".json, first "
                                + differences.getFirst().file(),
                        differences);
            }
            runs.add(outcome.json());
            if (!options.json) {
                outcome.lines().forEach(console::line);
            }
            exit = outcome.failed() > 0 ? Exit.FAILED_MEMBERS : exit;
        }
        if (options.json) {
            ObjectNode all =
                    JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.runs.v1");
            all.set("runs", runs);
            console.json(options.all ? all : runs.get(0));
        }
        return exit;
    }
}
