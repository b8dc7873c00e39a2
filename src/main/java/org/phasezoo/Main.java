package org.phasezoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import org.phasezoo.document.InvalidDocument;
import org.phasezoo.document.Nearest;
import org.phasezoo.document.Problem;
import org.phasezoo.zoo.DamagedFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line. Every failure ends here: one line on stderr (or one JSON object on stdout) and an exit code.
@Command(
        name = "phasezoo",
        version = "phasezoo 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Generates, measures and judges populations of trained neural networks; the same bytes every time.",
        subcommands = {
            ListCommand.class,
            PlanCommand.class,
            RunCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            FigureCommand.class,
            ReportCommand.class,
            DoctorCommand.class,
            ExplainCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  phasezoo list                      the suites there are",
            "  phasezoo run phase-digits-v1       generate, measure, judge, report",
            "  phasezoo verify phase-digits-v1 --members 4",
            "",
            "Exit codes: 0 ok, 1 internal, 2 usage, 3 invalid input, 4 verification mismatch,",
            "5 finished with failed members, 6 source unavailable, 7 another run holds this profile,",
            "69 no JDK 25, 130/143 interrupted."
        })
final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Runs one command line and ends the process with its exit code.
    public static void main(String[] args) {
        Console console = Console.system();
        int exit = run(console, args);
        console.out().flush();
        console.err().flush();
        System.exit(exit);
    }

    /// Runs one command line.
    ///
    /// @return its exit code
    static int run(Console console, String... args) {
        boolean json = Arrays.asList(args).contains("--json");
        try {
            CommandLine line = new CommandLine(new Main(), new Commands(console));
            line.setOut(new PrintWriter(console.out(), true));
            line.setErr(new PrintWriter(console.err(), true));
            line.setParameterExceptionHandler((e, _) -> usage(console, json, e));
            line.setExecutionExceptionHandler((e, _, _) -> failed(console, json, e));
            line.setCaseInsensitiveEnumValuesAllowed(true);
            return line.execute(args);
        } catch (Throwable e) {
            return failed(console, json, e);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), Ansi.AUTO);
    }

    private static int usage(Console console, boolean json, ParameterException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown option");
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            boolean verb = e.getCommandLine().getCommand() instanceof Main && !word.startsWith("-");
            List<String> names = verb
                    ? List.copyOf(e.getCommandLine().getSubcommands().keySet())
                    : e.getCommandLine().getCommandSpec().options().stream().map(o -> o.longestName()).toList();
            message = (verb ? "no verb \"" : "unexpected \"") + word + "\"; " + Nearest.mend(word, names);
        }
        return failed(console, json, Refusal.usage(message + " (phasezoo --help)"));
    }

    private static int failed(Console console, boolean json, Throwable e) {
        if (System.getenv("PHASEZOO_DEBUG") != null) {
            e.printStackTrace(console.err());
        }
        Refusal refusal = refusal(e);
        if (json) {
            console.json(error(refusal));
        }
        console.note("phasezoo: " + String.valueOf(refusal.getMessage()).lines().findFirst().orElse("?"));
        for (Problem problem : json ? List.<Problem>of() : refusal.problems()) {
            console.note("  " + problem.file() + (problem.pointer().equals("/") ? "" : " " + problem.pointer()) + ": " + problem.problem() + "; " + problem.mend());
        }
        return refusal.exit();
    }

    private static Refusal refusal(Throwable e) {
        return switch (e) {
            case Refusal refusal -> refusal;
            case InvalidDocument invalid -> new Refusal(
                    Exit.INVALID,
                    "invalid-input",
                    invalid.problems().size() == 1
                            ? "1 problem in what was given"
                            : invalid.problems().size() + " problems in what was given",
                    invalid.problems());
            case DamagedFile damaged -> Refusal.mismatch(String.valueOf(damaged.getMessage()), List.of());
            case FileSystemException disk -> new Refusal(
                    Exit.INTERNAL,
                    "disk",
                    disk.getFile() + ": " + (disk.getReason() == null ? disk.getClass().getSimpleName() : disk.getReason()));
            case OutOfMemoryError _ -> new Refusal(
                    Exit.INTERNAL, "memory", "out of memory; set PHASEZOO_JVM_OPTS=-Xmx2g or more, or --jobs 1");
            default -> new Refusal(
                    Exit.INTERNAL,
                    "internal",
                    e.getClass().getSimpleName() + ": " + e.getMessage() + " (PHASEZOO_DEBUG=1 shows where)");
        };
    }

    private static ObjectNode error(Refusal refusal) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode error = root.put("schema", "phasezoo.error.v1").putObject("error");
        error.put("code", refusal.code()).put("message", refusal.getMessage());
        ArrayNode problems = error.putArray("problems");
        for (Problem problem : refusal.problems()) {
            problems.addObject()
                    .put("file", problem.file())
                    .put("pointer", problem.pointer())
                    .put("problem", problem.problem())
                    .put("mend", problem.mend());
        }
        return root;
    }
}
