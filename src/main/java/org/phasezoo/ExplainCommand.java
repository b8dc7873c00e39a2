package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Binder;
import org.phasezoo.engine.Explained;
import org.phasezoo.engine.Precision;
import org.phasezoo.engine.Program;
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
                "The program of one update, or of the gradients, of each population's largest cell: steps, arrays and what stands in their lanes, bytes, FLOPs, predicted time.",
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
                console.line(folder.suite().name() + " runs no net by a program of the engine");
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
        Precision precision = update.precision();
        String type = Binder.kebab(precision.name());
        ObjectNode told =
                programs.addObject()
                        .put("population", population)
                        .put("cell", cell.text())
                        .put("precision", type);
        line("%s, %s: one run in %s", population, cell.text(), type);
        line("  %12s %10s %14s %7s %9s  %s", "FLOP", "bytes", "shape", "lanes", "place", "kernel");
        arrays(program.explainedInputs(), precision, told.putArray("inputs"));
        arrays(program.explained(), precision, told.putArray("steps"));
        double flops = 0;
        for (Explained step : program.explained()) {
            flops += step.flops();
        }
        double milliseconds = Estimate.seconds(flops, precision) * 1e3;
        long bytes = update.arena().arenaBytes();
        told.put("flops", flops)
                .put("arenaBytes", bytes)
                .put("predictedMilliseconds", milliseconds);
        line(
                "  %.0f FLOP in %d steps, arena of %d bytes, predicted %.3f ms",
                flops, program.explained().size(), bytes, milliseconds);
    }

    private void arrays(List<Explained> arrays, Precision precision, ArrayNode told) {
        for (Explained array : arrays) {
            told.addObject()
                    .put("kernel", array.kernel())
                    .put("shape", array.shape())
                    .put("lanes", array.lanes())
                    .put("bytes", array.bytes(precision))
                    .put("flops", array.flops())
                    .put("place", array.place());
            line(
                    "  %12.0f %10d %14s %7s %9d  %s",
                    array.flops(),
                    array.bytes(precision),
                    array.shape(),
                    array.lanes(),
                    array.place(),
                    array.kernel());
        }
    }

    /// A line of the text, which JSON does without.
    private void line(String format, Object... values) {
        if (!options.json) {
            console.line(String.format(Locale.ROOT, format, values));
        }
    }
}
