package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Problem;
import org.phasezoo.suite.Plan;
import org.phasezoo.zoo.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `phasezoo verify SUITE`: what is stored is what was written, and can be made again.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compares every stored file with its manifest's size and SHA-256.",
            "With --members also runs members again, from the manifest alone, and compares all that they give."
        },
        footer = {
            "",
            "Examples:",
            "  phasezoo verify phase-digits-v1",
            "  phasezoo verify phase-digits-v1 --members 4 --json"
        })
final class VerifyCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private Options options = new Options();

    @Option(
            names = "--members",
            paramLabel = "K",
            defaultValue = "0",
            description = "Run K members again, drawn over all populations.")
    private int members;

    @Parameters(arity = "0..1", paramLabel = "SUITE", description = "A suite's name, or a folder.")
    private @Nullable String suite;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Home home = options.place();
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.verify.v1");
        List<Problem> problems = new ArrayList<>();
        List<Rebuild.Checked> rebuilt = new ArrayList<>();
        int files = 0;
        for (SuiteFolder folder : options.suites(Optional.ofNullable(suite))) {
            Plan plan = Plan.of(folder.suite(), options.profile(folder));
            Path zoo = home.zoo(folder.suite().name(), plan.profile().name());
            List<PopulationStage> stages = Pipeline.populations(plan, zoo);
            for (PopulationStage stage : stages) {
                files += files(stage.folder(), problems);
                files += files(stage.folder().resolve("measures"), problems);
            }
            if (problems.isEmpty() && members > 0) {
                SelfCheck.require(options.slow);
                rebuilt.addAll(Rebuild.members(stages, members, options.workers()));
            }
        }
        for (Rebuild.Checked checked : rebuilt) {
            if (!checked.equal()) {
                problems.add(
                        new Problem(
                                checked.population() + " member " + checked.id(),
                                "/",
                                "running it again gives other values: " + checked.difference(),
                                "run `phasezoo doctor` on both machines"));
            }
        }
        if (!problems.isEmpty()) {
            throw Refusal.mismatch(
                    problems.size()
                            + " of what was checked differ, first "
                            + problems.getFirst().file()
                            + ": "
                            + problems.getFirst().problem(),
                    problems);
        }
        print(root, files, rebuilt);
        return Exit.OK;
    }

    private static int files(Path folder, List<Problem> problems) throws Exception {
        for (String line : Manifest.verify(folder)) {
            int cut = line.indexOf(": ");
            int mend = line.indexOf("; ");
            problems.add(
                    new Problem(
                            cut < 0 ? folder.toString() : line.substring(0, cut),
                            "/",
                            line.substring(cut < 0 ? 0 : cut + 2, mend < 0 ? line.length() : mend),
                            mend < 0 ? "run the suite" : line.substring(mend + 2)));
        }
        return Manifest.complete(folder) ? 1 + json(folder) : 0;
    }

    private static int json(Path folder) throws Exception {
        return Manifest.read(folder).files().size();
    }

    private void print(ObjectNode root, int files, List<Rebuild.Checked> rebuilt) {
        int checked = members > 0 ? rebuilt.size() : files;
        root.put("checked", checked).put("equal", checked).put("files", files);
        ArrayNode list = root.putArray("members");
        for (Rebuild.Checked one : rebuilt) {
            list.addObject()
                    .put("id", one.id())
                    .put("population", one.population())
                    .put("equal", one.equal());
        }
        if (options.json) {
            console.json(root);
            return;
        }
        console.line(files + " files are what their manifests say");
        if (members > 0) {
            console.line(
                    rebuilt.size() + " members run again from the manifest gave the same bytes");
        }
    }
}
