package org.phasezoo;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// What is done of a stage's work, on stderr: a line every 30 s, or one redrawn line on a terminal.
///
/// Workers call [#done]; it is the only thing that they share.
final class Progress {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long LOG_NANOS = 30_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private final int tasks;
    private final double work;
    private final long begun = System.nanoTime();
    private long said = begun;
    private boolean drawn;
    private int finished;
    private int failed;
    private double worked;

    Progress(PrintStream out, boolean terminal, String what, int tasks, double work) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
        this.tasks = tasks;
        this.work = work;
    }

    /// Progress that nobody wants to see.
    static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream()), false, "", 0, 0);
    }

    /// One task of this much work has ended.
    synchronized void done(double itsWork, boolean itFailed) {
        finished++;
        failed += itFailed ? 1 : 0;
        worked += itsWork;
        tick();
    }

    /// Says how far it is, if it is time to.
    synchronized void tick() {
        long now = System.nanoTime();
        if (now - said >= (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
            said = now;
            say(now);
        }
    }

    private void say(long now) {
        double seconds = (now - begun) * 1e-9;
        double left = worked <= 0 ? Double.NaN : seconds * Math.max(0, work - worked) / worked;
        String line =
                String.format(
                        Locale.ROOT,
                        "%s: %d of %d, %.1f a second, %d failed, %s left",
                        what,
                        finished,
                        tasks,
                        finished / Math.max(seconds, 1e-9),
                        failed,
                        duration(left));
        if (terminal) {
            out.print("\r\u001b[K" + line);
            out.flush();
            drawn = true;
        } else {
            out.println(line);
        }
    }

    /// Ends the stage with a line of its own.
    synchronized void end() {
        if (drawn) {
            out.print("\r\u001b[K");
        }
        double seconds = (System.nanoTime() - begun) * 1e-9;
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s: %d of %d in %s, %d failed",
                        what,
                        finished,
                        tasks,
                        duration(seconds),
                        failed));
    }

    /// A duration in words, `1 h 02 min`, `3 min 10 s`, `4.2 s`.
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "unknown time";
        }
        Duration whole = Duration.ofSeconds(Math.round(seconds));
        if (whole.toHours() > 0) {
            return String.format(
                    Locale.ROOT, "%d h %02d min", whole.toHours(), whole.toMinutesPart());
        }
        return whole.toMinutes() > 0
                ? String.format(
                        Locale.ROOT, "%d min %02d s", whole.toMinutes(), whole.toSecondsPart())
                : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
