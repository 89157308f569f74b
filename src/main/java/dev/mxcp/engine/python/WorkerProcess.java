package dev.mxcp.engine.python;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The operating system's side of a worker: process, output, exit status.
final class WorkerProcess {
    /// What shells and Java add to the number of a signal that ended a process.
    private static final int SIGNALLED = 128;

    private static final int LAST_SIGNAL = 64;

    private final Process process;
    private final String name;
    private final OutputReader out;
    private final OutputReader err;

    private WorkerProcess(Process process, String name, OutputQueue output) {
        this.process = process;
        this.name = name;
        this.out = new OutputReader(LogSink.Stream.STDOUT, process.getInputStream(), output);
        this.err = new OutputReader(LogSink.Stream.STDERR, process.getErrorStream(), output);
    }

    /// Starts the interpreter on the worker's script.
    ///
    /// @param secretFile name of the file in the listener's folder
    static WorkerProcess start(Workshop shop, String secretFile)
            throws IOException, InterruptedException {
        Workers.Config config = shop.config();
        List<String> command = new ArrayList<>(config.interpreter().command());
        command.add(config.shippedPackage().resolve("mxcp/_worker/main.py").toString());
        command.add(shop.listener().folder().toString());
        command.add(secretFile);
        var builder =
                new ProcessBuilder(command)
                        .directory(config.projectRoot().toFile())
                        .redirectInput(new File("/dev/null"));
        return new WorkerProcess(shop.launcher().start(builder), secretFile, shop.output());
    }

    /// Removes files that the ended process left.
    void removeFiles() {
        FrameFiles.remove(name);
    }

    void onEnd(Runnable action) {
        // not on the thread that completes it: that has next to no stack
        var _ = process.onExit().thenRunAsync(action, task -> Thread.ofVirtual().start(task));
    }

    boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    void awaitOutput(Duration patience) {
        out.await(patience.toMillis());
        err.await(patience.toMillis());
    }

    void kill() {
        process.destroyForcibly();
    }

    int exitCode() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    /// `signal 11` or `exit code 3`.
    String howItEnded() {
        if (process.isAlive()) {
            return "still ending";
        }
        int status = process.exitValue();
        boolean signal = status > SIGNALLED && status <= SIGNALLED + LAST_SIGNAL;
        return signal ? "signal " + (status - SIGNALLED) : "exit code " + status;
    }

    List<String> lastErrorLines() {
        return err.lastLines();
    }

    String obituary() {
        List<String> lines = lastErrorLines();
        return lines.isEmpty()
                ? howItEnded()
                : howItEnded() + "; its last lines:\n  " + String.join("\n  ", lines);
    }
}
