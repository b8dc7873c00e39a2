package org.phasezoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.phasezoo.document.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `phasezoo figure SUITE ID`: one figure of a suite that has run.
@Command(
        name = "figure",
        mixinStandardHelpOptions = true,
        description = "Prints where a figure's SVG is, or with --svg or --csv its text.",
        footer = {
            "",
            "Examples:",
            "  phasezoo figure phase-digits-v1 phases",
            "  phasezoo figure phase-digits-v1 phases --csv"
        })
final class FigureCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private Options options = new Options();

    @Option(names = "--svg", description = "Print the picture.")
    private boolean svg;

    @Option(names = "--csv", description = "Print the table that it draws.")
    private boolean csv;

    @Parameters(index = "0", paramLabel = "SUITE", description = "A suite's name, or a folder.")
    private String suite = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The figure's id.")
    private String id = "";

    FigureCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        SuiteFolder folder = options.suites(Optional.of(suite)).getFirst();
        Path figures =
                options.place()
                        .results(folder.suite().name(), options.profile(folder).name())
                        .resolve("figures");
        if (!Files.isDirectory(figures)) {
            throw Refusal.usage(
                    folder.suite().name()
                            + " "
                            + options.profile
                            + " has no figures yet; run it first");
        }
        Path picture = figures.resolve(id + ".svg");
        Path table = figures.resolve(id + ".csv");
        if (!id.matches("[a-z0-9-]+") || !Files.isRegularFile(picture)) {
            throw Refusal.usage("no figure \"" + id + "\"; " + Nearest.mend(id, ids(figures)));
        }
        if (options.json) {
            console.json(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("schema", "phasezoo.figure.v1")
                            .put("id", id)
                            .put("svg", picture.toString())
                            .put("csv", table.toString()));
        } else if (svg || csv) {
            console.out().print(Files.readString(csv ? table : picture));
        } else {
            console.line(picture.toString());
        }
        return Exit.OK;
    }

    private static List<String> ids(Path figures) throws Exception {
        try (Stream<Path> list = Files.list(figures)) {
            return list.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(".svg"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }
}
