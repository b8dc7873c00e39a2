package org.phasezoo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.phasezoo.zoo.WorkLog;

/// Tasks over threads from one queue, longest first. Each worker writes work logs of its own, so
/// nothing that matters is shared; what a task gives does not depend on who ran it or when.
final class Workers {
    private static final Duration TICK = Duration.ofMillis(200);

    /// A piece of work whose result goes to a work log.
    interface Task {
        /// An estimate in multiply-adds.
        double work();

        /// Does it.
        ///
        /// @return false when it failed, which is a result
        boolean run(Logs logs) throws IOException;
    }

    /// One worker's logs, one a folder, synced about once a second.
    static final class Logs implements AutoCloseable {
        private static final long SYNC_NANOS = 1_000_000_000L;
        private final String worker;
        private final SequencedMap<Path, WorkLog.Writer> open = new TreeMap<>();
        private long synced = System.nanoTime();

        Logs(String worker) {
            this.worker = worker;
        }

        /// Puts down a frame; of several of one id the one of the highest sequence counts.
        void append(Path parts, String id, long sequence, byte[] payload) throws IOException {
            WorkLog.@Nullable Writer log = open.get(parts);
            if (log == null) {
                log = WorkLog.Writer.open(parts, worker);
                open.put(parts, log);
            }
            log.append(id, sequence, payload);
            if (System.nanoTime() - synced > SYNC_NANOS) {
                log.sync();
                synced = System.nanoTime();
            }
        }

        @Override
        public void close() throws IOException {
            for (WorkLog.Writer log : open.values()) {
                log.close();
            }
        }
    }

    private Workers() {}

    /// Runs all tasks; the first exception stops the others at their next task and is thrown here.
    static void run(List<? extends Task> tasks, int jobs, Progress progress) throws IOException {
        List<Task> queue = new ArrayList<>(tasks);
        queue.sort(Comparator.comparingDouble(Task::work).reversed());
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(jobs, queue.size()); i++) {
            String name = "worker-" + i;
            threads.add(
                    Thread.ofPlatform()
                            .name(name)
                            .start(() -> work(name, queue, next, broken, progress)));
        }
        try {
            for (Thread thread : threads) {
                while (!thread.join(TICK)) {
                    progress.tick();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        rethrow(broken.get());
    }

    private static void work(
            String name,
            List<Task> queue,
            AtomicInteger next,
            AtomicReference<@Nullable Throwable> broken,
            Progress progress) {
        try (Logs logs = new Logs(name)) {
            for (int i = next.getAndIncrement();
                    i < queue.size() && broken.get() == null;
                    i = next.getAndIncrement()) {
                Task task = queue.get(i);
                boolean good = task.run(logs);
                progress.done(task.work(), !good);
            }
        } catch (IOException | RuntimeException | Error e) {
            broken.compareAndSet(null, e);
        }
    }

    private static void rethrow(@Nullable Throwable broken) throws IOException {
        switch (broken) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(broken);
        }
    }
}
