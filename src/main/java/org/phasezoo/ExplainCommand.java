package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.engine.Explained;
import org.phasezoo.engine.Program;
import org.phasezoo.study.Footprint;
import org.phasezoo.study.Study;
import org.phasezoo.study.UpdateProgram;
import org.phasezoo.suite.Cell;
import org.phasezoo.suite.Member;
import org.phasezoo.suite.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `phasezoo explain SUITE`: the programs that train a suite's nets, step by step.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "The program of one update of each population's largest cell: steps, arrays, bytes, FLOPs, predicted time.",
        footer = {
            "",
            "Examples:",
            "  phasezoo explain phase-digits-v1",
            "  phasezoo explain phase-digits-v1 --profile full --json"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private Options options = new Options();

    @Parameters(arity = "1", paramLabel = "SUITE", description = "A suite's name, or a folder.")
    private @Nullable String suite;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        for (SuiteFolder folder : options.suites(Optional.ofNullable(suite))) {
            Plan plan = Plan.of(folder.suite(), options.profile(folder));
            ObjectNode root =
                    JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.explain.v1");
            root.put("suite", folder.suite().name()).put("profile", plan.profile().name());
            ArrayNode programs = root.putArray("programs");
            for (Plan.Part part : plan.parts()) {
                largest(part)
                        .ifPresent(member -> explain(part.population().name(), member, programs));
            }
            if (options.json) {
                console.json(root);
            } else if (programs.isEmpty()) {
                console.line(folder.suite().name() + " trains no nets by programs of the engine");
            }
        }
        return Exit.OK;
    }

    private static Optional<Member> largest(Plan.Part part) {
        Member largest = null;
        for (Member member : part.members()) {
            Study<?> study = member.cell().study();
            if (largest == null || study.multiplyAdds() > largest.cell().study().multiplyAdds()) {
                largest = member;
            }
        }
        return Optional.ofNullable(largest);
    }

    private void explain(String population, Member member, ArrayNode programs) {
        Cell cell = member.cell();
        cell.study()
                .update(member.run())
                .ifPresent(update -> explain(population, cell, update, programs));
    }

    private void explain(String population, Cell cell, UpdateProgram update, ArrayNode programs) {
        Program program = update.program();
        double flops = 0;
        ObjectNode told =
                programs.addObject().put("population", population).put("cell", cell.text());
        ArrayNode steps = told.putArray("steps");
        if (!options.json) {
            console.line(population + ", " + cell.text() + ": one update");
            console.line(
                    String.format(
                            Locale.ROOT,
                            "  %12s %10s %14s %9s  %s",
                            "FLOP",
                            "bytes",
                            "shape",
                            "place",
                            "kernel"));
        }
        for (Explained step : program.explained()) {
            flops += step.flops();
            steps.addObject()
                    .put("kernel", step.kernel())
                    .put("shape", step.shape())
                    .put("bytes", step.bytes())
                    .put("flops", step.flops())
                    .put("place", step.place());
            if (!options.json) {
                console.line(
                        String.format(
                                Locale.ROOT,
                                "  %12.0f %10d %14s %9d  %s",
                                step.flops(),
                                step.bytes(),
                                step.shape(),
                                step.place(),
                                step.kernel()));
            }
        }
        double milliseconds = flops / (2 * Estimate.MULTIPLY_ADDS_A_SECOND) * 1e3;
        long bytes = Footprint.ofArena(program, update.precision()).arenaBytes();
        told.put("flops", flops)
                .put("arenaBytes", bytes)
                .put("predictedMilliseconds", milliseconds);
        if (!options.json) {
            console.line(
                    String.format(
                            Locale.ROOT,
                            "  %.0f FLOP in %d steps, arena of %d bytes, predicted %.3f ms",
                            flops,
                            program.explained().size(),
                            bytes,
                            milliseconds));
        }
    }
}
