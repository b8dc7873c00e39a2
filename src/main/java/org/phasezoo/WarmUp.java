package org.phasezoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.phasezoo.bench.EngineTimings;

/// How long a fresh process takes to full speed on `cnn64`.
final class WarmUp {
    private static final int PROCESSES = 3;
    private static final int WINDOWS = 40;

    /// A window this much slower than the usual one counts as full speed.
    private static final double NEAR = 1.05;

    private WarmUp() {}

    /// A window: when it ended, in seconds since the process was started, and its mean step.
    private record Window(double end, double milliseconds) {}

    /// Wall time from the start of a process with the flags of this one to the end of its first
    /// window of 200 ms at full speed, in seconds: the least of three processes. Full speed is
    /// within 5 % of the median window of their last 4 of 8 s: on a machine that others share the
    /// best of all windows says more about the others.
    static double seconds() throws IOException, InterruptedException {
        List<List<Window>> processes = new ArrayList<>();
        List<Double> late = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            List<Window> windows = windows();
            processes.add(windows);
            windows.subList(WINDOWS / 2, WINDOWS).forEach(w -> late.add(w.milliseconds()));
        }
        Collections.sort(late);
        double usual = late.get(late.size() / 2);
        double least = Double.POSITIVE_INFINITY;
        for (List<Window> windows : processes) {
            for (Window window : windows) {
                if (window.milliseconds() <= NEAR * usual) {
                    least = Math.min(least, window.end());
                }
            }
        }
        return least;
    }

    private static List<Window> windows() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), WarmUp.class.getName()));
        List<Window> windows = new ArrayList<>();
        long begun = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                double end = (System.nanoTime() - begun) / 1e9;
                windows.add(new Window(end, Double.parseDouble(line)));
            }
        }
        if (process.waitFor() != 0 || windows.size() != WINDOWS) {
            throw new IllegalStateException("the fresh process did not run to its end");
        }
        return windows;
    }

    /// The fresh process: prints the mean step of each window at its end.
    public static void main(String[] args) {
        Console console = Console.system();
        EngineTimings.windows(WINDOWS, step -> console.line(Double.toString(step)));
    }
}
