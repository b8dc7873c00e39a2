package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.claim.Power;
import org.phasezoo.suite.Cell;
import org.phasezoo.suite.Plan;
import org.phasezoo.suite.Population;
import org.phasezoo.train.Footprint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `phasezoo plan SUITE`: what a run would do and cost.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Members, time, memory and disk of a run, and what each claim could detect. Runs nothing.",
        footer = {
            "",
            "Examples:",
            "  phasezoo plan phase-digits-v1 --profile full",
            "  phasezoo plan ./my-suite --json"
        })
final class PlanCommand implements Callable<Integer> {
    private static final double MIB = 1 << 20;

    private final Console console;

    @Mixin private Options options = new Options();

    @Parameters(arity = "0..1", paramLabel = "SUITE", description = "A suite's name, or a folder.")
    private @Nullable String suite;

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        for (SuiteFolder folder : options.suites(Optional.ofNullable(suite))) {
            Plan plan = Plan.of(folder.suite(), options.profile(folder));
            Estimate estimate = Estimate.of(plan, options.workers());
            if (options.json) {
                console.json(json(folder, plan, estimate, power(folder, plan)));
            } else {
                print(folder, plan, estimate, power(folder, plan));
            }
        }
        return Exit.OK;
    }

    private ObjectNode json(SuiteFolder folder, Plan plan, Estimate estimate, List<Power> power) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.plan.v1");
        root.put("suite", folder.suite().name()).put("profile", plan.profile().name());
        root.put("members", estimate.members()).put("measures", estimate.measures());
        root.put("coreHours", estimate.coreHours());
        root.put("memoryBytes", estimate.memoryBytes()).put("diskBytes", estimate.diskBytes());
        root.put("programBytes", estimate.programBytes());
        ArrayNode populations = root.putArray("populations");
        for (int i = 0; i < plan.parts().size(); i++) {
            Plan.Part part = plan.parts().get(i);
            Footprint program = estimate.programs().get(i);
            populations
                    .addObject()
                    .put("name", part.population().name())
                    .put("cells", part.population().cells().size())
                    .put("members", part.members().size())
                    .put("measures", part.tasks().size())
                    .put("arenaBytes", program.arenaBytes())
                    .put("dataBytes", program.dataBytes())
                    .put("metricArenaBytes", estimate.metrics().get(i).arenaBytes())
                    .put("metricDataBytes", estimate.metrics().get(i).dataBytes());
        }
        ArrayNode claims = root.putArray("claims");
        power.forEach(one -> claims.add(one.toJson()));
        return root;
    }

    private List<Power> power(SuiteFolder folder, Plan plan) throws IOException {
        List<Power.Planned> planned = new ArrayList<>();
        for (Population population : plan.profile().populations().values()) {
            planned.add(
                    new Power.Planned(
                            population.name(),
                            population.cells().stream().map(Cell::values).toList(),
                            population.seeds().size()));
        }
        return Power.of(
                folder.claims(),
                planned,
                Judgement.selecting(options.place(), folder, plan.profile()));
    }

    private void print(SuiteFolder folder, Plan plan, Estimate estimate, List<Power> power) {
        console.line(
                folder.suite().name()
                        + " "
                        + plan.profile().name()
                        + ": "
                        + folder.suite().title());
        for (int i = 0; i < plan.parts().size(); i++) {
            Plan.Part part = plan.parts().get(i);
            String memory =
                    told("programs", estimate.programs().get(i))
                            + told("metrics", estimate.metrics().get(i));
            console.line(
                    String.format(
                            Locale.ROOT,
                            "  %-20s %d cells, %d members, %d measures%s",
                            part.population().name(),
                            part.population().cells().size(),
                            part.members().size(),
                            part.tasks().size(),
                            memory));
        }
        console.line(
                String.format(
                        Locale.ROOT,
                        "  about %s on %d cores, %d MiB memory, %.1f MiB disk",
                        Progress.duration(estimate.coreHours() * 3600 / options.workers()),
                        options.workers(),
                        estimate.memoryBytes() >> 20,
                        estimate.diskBytes() / MIB));
        console.line(
                String.format(
                        Locale.ROOT,
                        "  of the memory, %.1f MiB are arena and data of programs, exactly; %.1f MiB of states, copies and JVM are estimated",
                        estimate.programBytes() / MIB,
                        (estimate.memoryBytes() - estimate.programBytes()) / MIB));
        for (Power one : power) {
            String effect =
                    Double.isNaN(one.detectable())
                            ? "power unknown (its pilotSd is not stated)"
                            : "would see an effect of "
                                    + String.format(Locale.ROOT, "%.3g", one.detectable())
                                    + " in four runs of five";
            console.line(
                    String.format(
                            Locale.ROOT, "  claim %-30s n = %d, %s", one.id(), one.n(), effect));
        }
    }

    private static String told(String what, Footprint memory) {
        return memory.bytes() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %s of %.1f MiB arena + %.1f MiB data",
                        what,
                        memory.arenaBytes() / MIB,
                        memory.dataBytes() / MIB);
    }
}
