package org.phasezoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `phasezoo report SUITE`: judges again what is stored and writes the report anew.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Judges again what is stored and writes verdicts, figures and report anew. Trains nothing.",
        footer = {
            "",
            "Examples:",
            "  phasezoo report phase-digits-v1",
            "  phasezoo report --all --profile full"
        })
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private Options options = new Options();

    @Parameters(arity = "0..1", paramLabel = "SUITE", description = "A suite's name, or a folder.")
    private @Nullable String suite;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Home home = options.place();
        for (SuiteFolder folder : options.suites(Optional.ofNullable(suite))) {
            Pipeline pipeline =
                    new Pipeline(console, home, folder, options.profile(folder), options.workers());
            pipeline.report();
            Path page = home.results(folder.suite().name(), options.profile).resolve("index.html");
            if (options.json) {
                console.json(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("schema", "phasezoo.report.v1")
                                .put("suite", folder.suite().name())
                                .put("profile", options.profile)
                                .put("page", page.toString()));
            } else {
                console.line(page.toString());
            }
        }
        return Exit.OK;
    }
}
