package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// R9.7-R9.10: user code that goes wrong costs its own call and nothing else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // filled by BeforeAll
class FaultsTest {
    private static final int LIMIT = 120 << 20;

    private PythonProject project;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        project =
                new PythonProject(folder)
                        .resultLimit(LIMIT)
                        .grace(Duration.ofSeconds(2))
                        .file(
                                "python/tools.py",
                                """
                                import ctypes, multiprocessing, os, signal, subprocess, sys, threading, time
                                from mxcp.runtime import db, on_init

                                ready = []

                                @on_init
                                def prepare():
                                    ready.append(1)

                                def ok(): return {"ok": True, "ready": ready}
                                def segfault(): ctypes.string_at(0)
                                def leave(status):
                                    sys.stderr.write("last words\\n")
                                    os._exit(status)
                                def kill(number): os.kill(os.getpid(), number)
                                def forever():
                                    while True: pass
                                def big(megabytes): return "x" * (megabytes << 20)
                                def flood(lines):
                                    for n in range(lines): print("line", n)
                                    return lines
                                def slow(): time.sleep(0.3); return True
                                def pid(): return os.getpid()
                                def close_everything(): os.closerange(3, 1000); time.sleep(60)

                                def child(queue):
                                    try:
                                        queue.put(db.execute("select 1"))
                                    except RuntimeError as error:
                                        queue.put(str(error))

                                def forks(method):
                                    context = multiprocessing.get_context(method)
                                    queue = context.SimpleQueue()
                                    process = context.Process(target=child, args=(queue,))
                                    process.start()
                                    seen = queue.get()
                                    process.join(20)
                                    return [seen, process.exitcode, db.execute("select 7 as n")]

                                def terminates_children():
                                    process = subprocess.Popen(["sleep", "60"])
                                    process.terminate()
                                    context = multiprocessing.get_context("fork")
                                    fork = context.Process(target=time.sleep, args=(60,))
                                    fork.start()
                                    fork.terminate()
                                    fork.join(20)
                                    return [process.wait(20), fork.exitcode]

                                def leaves_a_child():
                                    subprocess.Popen(["sleep", "300"])

                                def score():
                                    return int(open("/proc/self/oom_score_adj").read())

                                def garbage():
                                    for name in os.listdir("/proc/self/fd"):
                                        try:
                                            if "socket" in os.readlink(f"/proc/self/fd/{name}"):
                                                os.write(int(name), b"\\x05\\x00\\x00\\x00zzzzz")
                                        except OSError:
                                            pass
                                """)
                        .start();
    }

    @AfterAll
    void stop() throws Exception {
        project.close();
    }

    private void survived() {
        assertThat(String.valueOf(project.call("ok"))).isEqualTo("{ok=true, ready=[1]}");
    }

    @Test
    void a_segmentation_fault() throws Exception {
        assertThatThrownBy(() -> project.call("segfault"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage("Python worker stopped (signal 11)");
        long began = System.nanoTime();
        survived();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void an_exit_of_the_process() {
        assertThatThrownBy(() -> project.call("leave", "status", 3L))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage("Python worker stopped (exit code 3)");
        survived();
        assertThatThrownBy(() -> project.call("kill", "number", 9L))
                .hasMessage("Python worker stopped (signal 9)");
        survived();
    }

    /// Other calls of the worker get the same error; calls that come meanwhile wait.
    @Test
    void a_crash_beside_other_calls() throws Exception {
        var outcomes = new ArrayList<CompletableFuture<Object>>();
        for (int i = 0; i < 10; i++) {
            outcomes.add(
                    CompletableFuture.supplyAsync(
                            () -> outcome("slow"), task -> Thread.ofVirtual().start(task)));
        }
        assertThatThrownBy(() -> project.call("segfault")).isInstanceOf(EndpointFailed.class);
        survived();
        for (var outcome : outcomes) {
            assertThat(outcome.get(20, TimeUnit.SECONDS))
                    .isIn(true, "Python worker stopped (signal 11)");
        }
    }

    private Object outcome(String tool) {
        try {
            return java.util.Objects.requireNonNull(project.call(tool));
        } catch (EndpointFailed failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    @Test
    void signals_of_the_terminal_do_not_end_it() {
        for (long number : List.of(1L, 2L, 15L)) {
            Object before = project.call("pid");
            project.call("kill", "number", number);
            assertThat(project.call("pid")).isEqualTo(before);
        }
    }

    @Test
    void an_endless_loop_is_left_alone() throws Exception {
        var cancellation = new Cancellation();
        var context = project.context(Caller.ANONYMOUS, null, ClientMessages.NONE, cancellation);
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                .execute(() -> cancellation.cancel("timed out"));

        assertThatThrownBy(() -> project.raw(context, "forever"))
                .isInstanceOf(CallCancelled.class)
                .hasMessage("timed out");
        survived();
        // the loop goes on, so this test takes the worker away from the others
        assertThatThrownBy(() -> project.call("leave", "status", 0L))
                .isInstanceOf(EndpointFailed.class);
        survived();
    }

    @Test
    void a_result_of_100_megabytes() {
        assertThat(project.raw(project.context(), "big", "megabytes", 100L).json().size())
                .isEqualTo((100 << 20) + 2);
        assertThatThrownBy(() -> project.call("big", "megabytes", 120L))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage(
                        "The result has 125,829,122 bytes as JSON, more than the limit of 125,829,120 (limits.result_size)");
        survived();
    }

    @Test
    void two_hundred_calls_at_once() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<?>>();
            for (int i = 0; i < 200; i++) {
                calls.add(threads.submit(() -> project.call("slow")));
            }
            for (Future<?> call : calls) {
                assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(true);
            }
        }
    }

    @Test
    void a_flood_of_prints_does_not_block() {
        assertThat(project.call("flood", "lines", 200_000L)).isEqualTo(200_000L);
        survived();
    }

    /// R9.8.1: children have no way to the server, and the parent keeps its own.
    @Test
    void forked_and_spawned_children() {
        for (String method : List.of("fork", "spawn")) {
            assertThat(String.valueOf(project.call("forks", "method", method)))
                    .startsWith("[No execution context available")
                    .endsWith(", 0, [{n=7}]]");
        }
    }

    @Test
    void children_are_not_deaf_to_signals() {
        assertThat(project.call("terminates_children")).isEqualTo(List.of(-15L, -15L));
    }

    @Test
    void the_kernel_prefers_the_worker_over_the_server() {
        assertThat((Long) java.util.Objects.requireNonNull(project.call("score")))
                .isGreaterThanOrEqualTo(300);
    }

    @Test
    void a_worker_that_closes_its_connections() {
        assertThatThrownBy(() -> project.call("close_everything"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage("Python worker stopped (signal 9)");
        survived();
    }

    @Test
    void garbage_on_the_sockets() {
        assertThatThrownBy(() -> project.call("garbage")).isInstanceOf(EndpointFailed.class);
        survived();
    }

    /// R9.8.2
    @Test
    void a_child_that_outlives_the_worker() {
        project.call("leaves_a_child");
        assertThatThrownBy(() -> project.call("leave", "status", 5L))
                .hasMessage("Python worker stopped (exit code 5)");
        survived();
        assertThat(project.lines).anyMatch(line -> line.contains("last words"));
    }
}
