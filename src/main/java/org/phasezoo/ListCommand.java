package org.phasezoo;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `phasezoo list`: the suites of the project and the papers that they regenerate.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "The suites there are, with size, time and verdicts, and every paper with its suite or \"not yet\".",
        footer = {"", "Examples:", "  phasezoo list", "  phasezoo list --json", "  phasezoo list --write"})
final class ListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private Options options = new Options();

    @Option(names = "--write", description = "Write suites/README.md's catalogue, results/index.html and zoo/catalogue.md anew.")
    private boolean write;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Home home = options.place();
        Catalogue catalogue = Catalogue.read(home);
        if (write) {
            for (Map.Entry<String, String> file : catalogue.files().entrySet()) {
                Output.write(home.project().resolve(file.getKey()), file.getValue());
                console.note("wrote " + file.getKey());
            }
        } else if (options.json) {
            console.json(catalogue.json());
        } else {
            catalogue.lines().forEach(console::line);
        }
        return Exit.OK;
    }
}
