package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.phasezoo.suite.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `phasezoo list`: the suites of the project.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "The suites there are, with their papers and profiles.",
        footer = {"", "Examples:", "  phasezoo list", "  phasezoo list --json"})
final class ListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private Options options = new Options();

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Home home = options.place();
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.list.v1");
        ArrayNode suites = root.putArray("suites");
        for (Path folder : SuiteFolder.all(home)) {
            Suite suite = SuiteFolder.read(home, folder).suite();
            ObjectNode one = suites.addObject().put("id", suite.name()).put("title", suite.title());
            suite.papers().forEach(one.putArray("papers")::add);
            suite.profiles().sequencedKeySet().forEach(one.putArray("profiles")::add);
            if (!options.json) {
                console.line(String.format(
                        Locale.ROOT,
                        "%-24s %s (papers %s; profiles %s)",
                        suite.name(),
                        suite.title(),
                        String.join(", ", suite.papers()),
                        String.join(", ", suite.profiles().sequencedKeySet())));
            }
        }
        if (options.json) {
            console.json(root);
        }
        return Exit.OK;
    }
}
