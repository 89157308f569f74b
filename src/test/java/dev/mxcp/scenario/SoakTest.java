package dev.mxcp.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Issue 4, "Soak": clients call without a pause while reloads come and workers are killed. How
/// long, says the system property `mxcp.soak` (`45s`, `3m`, `30m`); short ones are as eventful as
/// one of three minutes.
@Timeout(7200)
@EnabledOnOs(OS.LINUX) // it reads /proc
final class SoakTest {
    private static final Duration LENGTH =
            Duration.parse("PT" + System.getProperty("mxcp.soak", "45s"));
    private static final Duration ORDINARY = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 32;
    private static final long PIECES = 17;
    private static final long SPARE_THREADS = 24;
    private static final long SPARE_HANDLES = 32;
    private static final long SPARE_MEGABYTES = 96;
    private static final Path REPORT = Path.of("target", "soak.txt");

    private final Queue<Loss> losses = new ConcurrentLinkedQueue<>();
    private final Queue<Kill> kills = new ConcurrentLinkedQueue<>();
    private final List<Sample> samples = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /// Calls read; who wants to look at a server that does nothing writes.
    private final ReentrantReadWriteLock quiet = new ReentrantReadWriteLock(true);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @Nullable Path folder;

    private @Nullable HttpServer server;
    private @Nullable Path config;
    private int reloads;

    /// A call that failed.
    private record Loss(long began, long ended, String tool, String text) {}

    /// A worker that was killed.
    ///
    /// @param replaced when another one was seen in its place
    private record Kill(long at, long replaced) {}

    /// What the server holds when no call runs, and so does the worker that is never killed.
    private record Sample(Usage server, Usage worker) {}

    private record Usage(long threads, long handles, long megabytes) {
        static Usage of(ProcessHandle process) {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            try (var open = Files.list(proc.resolve("fd"))) {
                List<String> status = Files.readAllLines(proc.resolve("status"));
                return new Usage(
                        number(status, "Threads:"), open.count(), number(status, "VmRSS:") / 1024);
            } catch (IOException gone) {
                throw new AssertionError("a process has ended: " + process.pid(), gone);
            }
        }

        private static long number(List<String> status, String name) {
            return status.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        Path project = Product.copy(Path.of("src/test/projects/soak"), requireNonNull(folder));
        config = project.resolveSibling("config.yml");
        secret("0");
        server = HttpServer.start(project, Map.of("MXCP_CONFIG", config.toString()));
    }

    @AfterEach
    void stops_cleanly() {
        assertThat(server().stop()).as("exit status after SIGTERM").isZero();
    }

    private HttpServer server() {
        return requireNonNull(server);
    }

    private void secret(String code) throws IOException {
        Files.writeString(
                requireNonNull(config),
                """
                mxcp: 1
                projects:
                  soak:
                    profiles:
                      default:
                        secrets:
                          - {name: gate, type: custom, parameters: {code: '%s'}}
                """
                        .formatted(code));
    }

    @Test
    void only_the_calls_of_a_killed_worker_fail_and_nothing_grows() throws Exception {
        var clients = new ArrayList<Future<Long>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(threads.submit(() -> callAllTheTime(number)));
            }
            try {
                disturb(server().client());
            } finally {
                over.set(true);
            }
        }
        for (Future<Long> client : clients) {
            assertThat(client.get()).isPositive();
        }
        report(clients);

        assertThat(server().client().call("code", Map.of()).value())
                .isEqualTo(Integer.toString(reloads));
        assertThat(losses).isNotEmpty().allSatisfy(this::assertItsWorkerWasKilled);
        assertThat(server().log()).doesNotContain("a bug", "internal error");
        assertThat(server().log().lines().filter(line -> line.contains("ended with an error")))
                .allMatch(line -> line.contains("Python worker"));
        assertFlat();
    }

    // ---- the clients

    private long callAllTheTime(int number) {
        McpClient client = server().client();
        long n = number;
        for (; !over.get(); n++) {
            quiet.readLock().lock();
            try {
                call(client, n);
            } finally {
                quiet.readLock().unlock();
            }
        }
        return n - number;
    }

    private void call(McpClient client, long n) {
        switch ((int) (n % 5)) {
            case 0 -> call(client, "in_sql", n, n + PIECES);
            case 1 -> call(client, "in_sync", n, n + PIECES);
            case 2 -> call(client, "in_async", n, n + PIECES);
            case 3 -> call(client, "nested", n, n * PIECES);
            default -> call(client, "in_function", n, 2500 * (2499 + 2 * n));
        }
    }

    private void call(McpClient client, String tool, long n, long expected) {
        long began = System.nanoTime();
        McpClient.Answer answer = client.call(tool, Map.of("n", n));
        if (answer.failed()) {
            losses.add(new Loss(began, System.nanoTime(), tool, answer.failure()));
        } else {
            assertThat(answer.value()).as(tool).isEqualTo(expected);
        }
    }

    // ---- what happens to the server

    /// Reloads and kills, each at its time, however long the other takes.
    private void disturb(McpClient operator) throws Exception {
        ProcessHandle survivor = workers().getFirst();
        double pace = Math.min(1, LENGTH.toNanos() / (double) ORDINARY.toNanos());
        long reloadEvery = (long) (pace * Duration.ofSeconds(20).toNanos());
        long killEvery = (long) (pace * Duration.ofSeconds(45).toNanos());
        long begin = System.nanoTime();
        long nextReload = reloadEvery;
        long nextKill = killEvery;
        while (Math.min(nextReload, nextKill) < LENGTH.toNanos()) {
            awaitTime(begin + Math.min(nextReload, nextKill));
            if (nextReload <= nextKill) {
                reload(operator);
                nextReload += reloadEvery;
            } else {
                sample(survivor);
                kill(survivor);
                nextKill += killEvery;
            }
        }
        awaitTime(begin + LENGTH.toNanos());
        sample(survivor);
        assertThat(survivor.isAlive()).as("a worker that nobody killed lives").isTrue();
    }

    /// Reloads of the configuration and with a payload by turns.
    private void reload(McpClient operator) throws Exception {
        reloads++;
        secret(Integer.toString(reloads));
        if (reloads % 2 == 0) {
            assertThat(operator.call("rebuild", Map.of()).failed()).isFalse();
        } else {
            String pid = Long.toString(server().process().pid());
            assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
        }
    }

    private void kill(ProcessHandle survivor) {
        List<ProcessHandle> before = workers();
        ProcessHandle victim =
                before.stream().filter(one -> !one.equals(survivor)).findFirst().orElseThrow();
        long at = System.nanoTime();
        assertThat(victim.destroyForcibly()).isTrue();
        eventually(() -> !before.containsAll(workers()));
        kills.add(new Kill(at, System.nanoTime()));
    }

    private List<ProcessHandle> workers() {
        return server().process()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("_worker/main.py"))
                .sorted()
                .toList();
    }

    private static void awaitTime(long time) {
        while (System.nanoTime() < time) {
            LockSupport.parkNanos(time - System.nanoTime());
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come true").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    // ---- what is looked at

    private void sample(ProcessHandle survivor) {
        eventually(() -> logged("): queued") == logged(": completed;", ": ended with an error"));
        quiet.writeLock().lock();
        try {
            samples.add(new Sample(Usage.of(server().process().toHandle()), Usage.of(survivor)));
        } finally {
            quiet.writeLock().unlock();
        }
    }

    private long logged(String... texts) {
        return server().log()
                .lines()
                .filter(line -> List.of(texts).stream().anyMatch(line::contains))
                .count();
    }

    private void report(List<Future<Long>> clients) throws Exception {
        long calls = 0;
        for (Future<Long> client : clients) {
            calls += client.get();
        }
        var lines = new ArrayList<String>();
        lines.add(
                "%s: %d calls, %d reloads, %d workers killed, %d calls lost with them"
                        .formatted(LENGTH, calls, reloads, kills.size(), losses.size()));
        samples.forEach(sample -> lines.add(sample.toString()));
        Files.write(REPORT, lines);
    }

    private void assertItsWorkerWasKilled(Loss loss) {
        assertThat(loss.text()).contains("Python worker stopped");
        assertThat(loss.tool()).isNotEqualTo("in_sql");
        assertThat(kills)
                .anyMatch(kill -> loss.began() <= kill.replaced() && loss.ended() >= kill.at());
    }

    /// A reload that leaves something behind shows the more, the longer the run.
    private void assertFlat() {
        Sample first = samples.get(1); // when one worker has had all the calls
        Sample last = samples.getLast();
        assertFlat("server", first.server(), last.server());
        assertFlat("worker", first.worker(), last.worker());
    }

    private void assertFlat(String who, Usage first, Usage last) {
        assertThat(last.threads())
                .as("threads of the %s: %s", who, samples)
                .isLessThanOrEqualTo(first.threads() + SPARE_THREADS);
        assertThat(last.handles())
                .as("handles of the %s: %s", who, samples)
                .isLessThanOrEqualTo(first.handles() + SPARE_HANDLES);
        assertThat(last.megabytes())
                .as("megabytes of the %s: %s", who, samples)
                .isLessThanOrEqualTo(first.megabytes() * 5 / 4 + SPARE_MEGABYTES);
    }
}
