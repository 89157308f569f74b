package dev.mxcp.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.call.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// R3.14, R4, R9.3: reloads of a real engine.
@Timeout(120)
@SuppressWarnings("NullAway.Init") // filled by BeforeEach
class ReloadTest {
    /// What every project here begins with. `exclusive()` succeeds only where no process holds a
    /// lock on the file, as DuckDB does.
    private static final String HEAD =
            """
            import asyncio, contextvars, fcntl, os, shutil, subprocess, sys, threading, time
            from mxcp.runtime import config, db, mcp, on_init, on_shutdown, plugins, reload_duckdb

            SERVED = "data/db-dev.duckdb"

            def _journal(entry):
                with open("journal.txt", "a") as file:
                    file.write(entry + "\\n")

            def _exclusive():
                code = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
                return subprocess.run([sys.executable, "-c", code, SERVED]).returncode == 0

            def _bring(path):
                shutil.copy(path, SERVED)

            @on_init
            def _starts():
                db.execute("CREATE TABLE IF NOT EXISTS shelf (pieces INTEGER)")
                _journal("init")

            @on_shutdown
            def _stops():
                db.execute("SELECT count(*) FROM shelf")
                _journal("shutdown")

            def pieces():
                return sum(row["pieces"] for row in db.execute("SELECT pieces FROM shelf"))

            def put(count):
                db.execute("INSERT INTO shelf VALUES (?)", [int(count)])

            def pid():
                return os.getpid()

            """;

    @TempDir Path folder;
    private ReloadedProject project;

    @BeforeEach
    void make() {
        project = new ReloadedProject(folder).secret("amber");
    }

    @AfterEach
    void close() {
        project.close();
    }

    private ReloadedProject serve(String python) {
        return project.python(HEAD + python).serve();
    }

    private Path delivered(int pieces) throws Exception {
        return ReloadedProject.database(
                folder.resolve("delivered-" + pieces + ".duckdb"),
                "CREATE TABLE shelf AS SELECT " + pieces + " AS pieces");
    }

    // ---- phases

    /// R4.3, S51-S68: nothing overlaps, and the payload has the file for itself.
    @Test
    void the_phases_come_in_strict_order() throws Exception {
        serve(
                """
                def refill(path):
                    def payload():
                        _journal("payload")
                        _journal("exclusive" if _exclusive() else "locked")
                        _bring(path)
                        _journal("paid")
                    reload_duckdb(payload_func=payload, description="refill")
                    _journal("asked")
                    return pieces()
                """);
        project.call("put", "count", "17");
        Object pid = project.call("pid");

        assertThat(project.call("refill", "path", delivered(311).toString())).isEqualTo(17L);

        assertThat(project.call("pieces")).isIn(17L, 311L); // it may have come before the drain
        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.call("pieces")).isEqualTo(311L);
        assertThat(project.journal())
                .containsExactly(
                        "init", "asked", "shutdown", "payload", "exclusive", "paid", "init");
        assertThat(project.call("pid")).isEqualTo(pid);
        assertThat(requireNonNull(project.status().last()).status()).isEqualTo("success");
        assertThat(project.database().resolveSibling("db-dev.duckdb.before-reload")).doesNotExist();
    }

    /// S60, S61, S66, R4.7.1
    @Test
    void a_call_that_asks_and_goes_on_working_ends_first() {
        serve(
                """
                def ask():
                    reload_duckdb(lambda: _journal("payload"))
                    for _ in range(20):
                        db.execute("INSERT INTO shelf VALUES (1)")
                        time.sleep(0.01)
                    return pieces()

                async def ask_async():
                    reload_duckdb(lambda: _journal("payload"))
                    for _ in range(20):
                        db.execute("INSERT INTO shelf VALUES (1)")
                        await asyncio.sleep(0.01)
                    return pieces()
                """);
        assertThat(project.call("ask")).isEqualTo(20L);
        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.call("ask_async")).isEqualTo(40L);
        assertThat(project.awaitEnded(2)).isNull();
    }

    /// R3.12, S63: the configuration is there, the database is not, and nothing waits (R4.7.6).
    @Test
    void a_payload_has_the_configuration_but_no_database() {
        serve(
                """
                SEEN = []

                def _attempt(name, action):
                    try:
                        SEEN.append(f"{name}: {action()}")
                    except Exception as failure:
                        SEEN.append(f"{name}: {type(failure).__name__}: {failure}")

                def ask():
                    kept = db.connection
                    def payload():
                        _attempt("secret", lambda: config.get_secret("gate"))
                        _attempt("project", lambda: config.site_config["project"])
                        _attempt("db", lambda: db.execute("SELECT 1"))
                        _attempt("connection", lambda: db.connection)
                        _attempt("kept", lambda: kept.execute("SELECT 1"))
                        _attempt("plugins", lambda: plugins.list())
                        _attempt("again", lambda: reload_duckdb())
                        _attempt("mcp", lambda: asyncio.run(mcp.info("hello")))
                        _attempt("folder", lambda: os.path.exists("mxcp-site.yml"))
                    reload_duckdb(payload)

                def seen():
                    return SEEN
                """);
        project.call("ask");
        assertThat(project.awaitEnded(1)).isNull();

        List<?> seen = (List<?>) requireNonNull(project.call("seen"));
        assertThat(seen).hasSize(9);
        assertThat(seen.get(0)).isEqualTo("secret: {'code': 'amber'}");
        assertThat(seen.get(1)).isEqualTo("project: depot");
        assertThat(seen.get(2).toString()).startsWith("db: RuntimeError: No execution context");
        assertThat(seen.get(3).toString())
                .startsWith("connection: RuntimeError: No execution context");
        assertThat(seen.get(4).toString())
                .startsWith(
                        "kept: ConnectionException: Connection Error: Connection already closed");
        assertThat(seen.get(5).toString()).startsWith("plugins: RuntimeError");
        assertThat(seen.get(6).toString()).startsWith("again: RuntimeError");
        assertThat(seen.get(7)).isEqualTo("mcp: None");
        assertThat(seen.get(8)).isEqualTo("folder: True");
    }

    /// R3.14.5
    @Test
    void an_async_payload_is_awaited() throws Exception {
        serve(
                """
                def refill(path):
                    async def payload():
                        await asyncio.sleep(0.01)
                        _bring(path)
                    reload_duckdb(payload)
                """);
        project.call("refill", "path", delivered(5).toString());

        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.call("pieces")).isEqualTo(5L);
    }

    /// S76, R4.7.8
    @Test
    void payloads_run_in_order_and_wishes_without_one_merge() {
        serve(
                """
                def ask():
                    for name in ("one", "two"):
                        reload_duckdb(lambda name=name: _journal(name))
                    for _ in range(5):
                        reload_duckdb(description="once more")
                    reload_duckdb(lambda: _journal("three"))
                """);
        project.call("ask");

        assertThat(project.awaitEnded(4)).isNull();
        assertThat(project.journal().stream().filter(List.of("one", "two", "three")::contains))
                .containsExactly("one", "two", "three");
        assertThat(project.ended()).isEqualTo(4);
    }

    // ---- from where

    /// R3.14.1, issue 4 item 5
    @Test
    void it_can_be_asked_for_from_threads_tasks_and_late_hooks_threads() {
        serve(
                """
                LATE = threading.Event()
                SAID = []

                @on_init
                def _scheduler():
                    try:
                        reload_duckdb()
                    except RuntimeError as refused:
                        SAID.append(str(refused))
                    def wait():
                        LATE.wait()
                        reload_duckdb(lambda: _journal("late"))
                    context = contextvars.copy_context()
                    threading.Thread(target=context.run, args=(wait,), daemon=True).start()

                def thread():
                    context = contextvars.copy_context()
                    worker = threading.Thread(
                        target=context.run, args=(reload_duckdb, lambda: _journal("thread")))
                    worker.start()
                    worker.join()

                async def task():
                    await asyncio.to_thread(reload_duckdb, lambda: _journal("to_thread"))
                    async def inner():
                        reload_duckdb(lambda: _journal("task"))
                    await asyncio.create_task(inner())

                def late():
                    LATE.set()

                def bare():
                    said = []
                    def ask():
                        try:
                            reload_duckdb()
                        except RuntimeError as refused:
                            said.append(str(refused))
                    worker = threading.Thread(target=ask)
                    worker.start()
                    worker.join()
                    return said[0]

                def wrong():
                    reload_duckdb("no function")

                def said():
                    return SAID[0]
                """);
        assertThat(project.call("said"))
                .asString()
                .startsWith("No execution context available for reload_duckdb");
        assertThat(project.call("bare")).asString().startsWith("No execution context available");
        assertThat(project.failure("wrong")).contains("payload_func must be callable");
        project.call("thread");
        assertThat(project.awaitEnded(1)).isNull();
        project.call("task");
        assertThat(project.awaitEnded(3)).isNull();
        project.call("late");
        assertThat(project.awaitEnded(4)).isNull();
        assertThat(project.journal()).contains("thread", "to_thread", "task", "late");
    }

    // ---- configuration

    /// S79, S81, R4.2.1
    @Test
    void a_reload_reads_the_configuration_and_keeps_the_worker() {
        serve(
                """
                COUNT = []

                def code():
                    COUNT.append(1)
                    return config.get_secret("gate")["code"] + str(len(COUNT))

                def rotate():
                    before = config.get_secret("gate")["code"]
                    reload_duckdb(description="rotated")
                    return before + config.get_secret("gate")["code"]
                """);
        assertThat(project.call("code")).isEqualTo("amber1");
        project.secret("violet");

        assertThat(project.call("rotate")).isEqualTo("amberamber");

        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.call("code")).isEqualTo("violet2"); // globals are as they were (R1.10)
        assertThat(project.told).isEmpty();
    }

    /// S75
    @Test
    void a_broken_configuration_changes_nothing_and_is_reported() {
        serve("def code():\n    return config.get_secret('gate')['code']\n");
        project.file("mxcp-site.yml", "mxcp: 1\nproject: [\n");
        project.secret("violet");

        assertThat(project.reloaded())
                .contains("the configuration stays as it was", "mxcp-site.yml");
        assertThat(project.call("code")).isEqualTo("amber");
        assertThat(requireNonNull(project.status().last()).status()).isEqualTo("error");

        assertThat(project.site("").reloaded()).isNull();
        assertThat(project.call("code")).isEqualTo("violet");
    }

    /// M21.1, R2.1.4
    @Test
    void definitions_are_read_anew_and_broken_ones_stay_as_they_were() {
        project.sqlTool("total", "SELECT sum(pieces) AS total FROM shelf");
        serve("");
        project.sqlTool("most", "SELECT max(pieces) AS most FROM shelf");

        assertThat(project.reloaded()).isNull();
        assertThat(project.names()).contains("most", "total");
        assertThat(project.told).containsExactly("notifications/tools/list_changed");

        project.sqlTool("most", "SELECT min(pieces) AS most FRM shelf");
        project.file("tools/total.yml", "mxcp: 1\ntool: {name: total, source: [}\n");
        project.sqlTool("broken", "SELEC 1");
        assertThat(project.reloaded()).isNull();
        assertThat(project.names()).contains("most", "total").doesNotContain("broken");
        assertThat(project.call("most")).asString().contains("most");
        assertThat(project.told).hasSize(1);

        project.sqlTool("most", "SELECT min(pieces) AS least FROM shelf");
        assertThat(project.reloaded()).isNull();
        assertThat(project.call("most")).asString().contains("least");
        assertThat(project.told).hasSize(1); // the list says the same
    }

    // ---- workers

    /// R1.10, design.md
    @Test
    void a_changed_python_file_brings_a_fresh_worker() {
        serve("def answer():\n    return 41\n");
        Object pid = project.call("pid");
        project.file("python/other.py", "");
        assertThat(project.reloaded()).isNull();
        Object second = project.call("pid");
        assertThat(second).isNotEqualTo(pid);
        assertThat(project.reloaded()).isNull();
        assertThat(project.call("pid")).isEqualTo(second);

        project.python(HEAD + "def answer():\n    return 42\n");
        assertThat(project.reloaded()).isNull();

        assertThat(project.call("answer")).isEqualTo(42L);
        assertThat(project.journal())
                .containsExactly(
                        "init", "shutdown", "init", "shutdown", "init", "shutdown", "init");
    }

    /// The file changes within the payload, so nothing could be started ahead.
    @Test
    void a_payload_may_bring_new_python_files() {
        serve(
                """
                def update():
                    def payload():
                        with open("python/depot.py", "a") as file:
                            file.write("\\ndef pid():\\n    return 'new'\\n")
                    reload_duckdb(payload)
                """);
        project.call("update");

        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.call("pid")).isEqualTo("new");
    }

    @Test
    void a_broken_python_file_changes_nothing_and_is_reported() {
        serve("def answer():\n    return 41\n");
        Object pid = project.call("pid");
        project.file("python/depot.py", "def answer(:\n");

        assertThat(project.reloaded()).contains("python/depot.py");
        assertThat(project.call("answer")).isEqualTo(41L);
        assertThat(project.call("pid")).isEqualTo(pid);
        assertThat(project.journal()).containsExactly("init", "shutdown", "init");
    }

    @Test
    void an_init_hook_that_cannot_live_with_the_new_configuration_brings_the_old_one_back() {
        serve(
                """
                @on_init
                def _picky():
                    if config.get_secret("gate")["code"] == "violet":
                        raise ValueError("not violet")

                def code():
                    return config.get_secret("gate")["code"]
                """);
        project.secret("violet");

        assertThat(project.reloaded()).contains("_picky").contains("not violet");
        assertThat(project.call("code")).isEqualTo("amber");
        assertThat(project.journal())
                .containsExactly("init", "shutdown", "init", "shutdown", "init");
    }

    // ---- failures

    /// S73, R4.5
    @Test
    void what_a_failing_payload_did_to_the_file_is_undone() throws Exception {
        serve(
                """
                def spoil(path):
                    def payload():
                        _bring(path)
                        raise KeyError("this payload gives up")
                    reload_duckdb(payload)
                """);
        project.call("put", "count", "17");
        project.secret("violet");
        project.call("spoil", "path", delivered(9).toString());

        assertThat(project.awaitEnded(1)).contains("the payload failed", "gives up");
        assertThat(project.call("pieces")).isEqualTo(17L);
        assertThat(project.journal()).containsExactly("init", "shutdown", "init");
    }

    /// S74
    @Test
    void a_file_that_is_no_database_is_replaced_by_the_copy() {
        serve(
                """
                def spoil():
                    reload_duckdb(lambda: open(SERVED, "w").write("nonsense" * 1000))
                """);
        project.call("put", "count", "17");
        project.call("spoil");

        assertThat(project.awaitEnded(1)).contains("cannot be opened");
        assertThat(project.call("pieces")).isEqualTo(17L);
    }

    /// R4.5.1: without a copy calls say what is wrong, and it recovers by itself.
    @Test
    void without_a_copy_the_server_stays_up_and_recovers() throws Exception {
        project.site("reload: {backup_limit: 0}\n");
        serve(
                """
                def spoil():
                    reload_duckdb(lambda: open(SERVED, "w").write("nonsense" * 1000))
                """);
        project.call("put", "count", "17");
        project.call("spoil");

        assertThat(project.awaitEnded(1)).contains("cannot be opened");
        assertThat(project.failure("pieces")).contains("db-dev.duckdb", "not a valid DuckDB");
        assertThat(project.status().outage()).isNotNull();
        assertThat(project.names()).contains("pieces");

        Files.copy(
                delivered(8),
                project.database(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        ReloadedProject.eventually(() -> project.status().outage() == null);
        assertThat(project.call("pieces")).isEqualTo(8L);
        assertThat(project.reloaded()).isNull();
    }

    /// R9.3.3
    @Test
    void a_worker_that_dies_in_the_payload_fails_it_and_is_replaced() throws Exception {
        serve(
                """
                def die(path):
                    def payload():
                        _bring(path)
                        os._exit(3)
                    reload_duckdb(payload)
                """);
        project.call("put", "count", "17");
        Object pid = project.call("pid");
        project.call("die", "path", delivered(9).toString());

        assertThat(project.awaitEnded(1)).contains("Python worker stopped (exit code 3)");
        assertThat(project.call("pieces")).isEqualTo(17L);
        assertThat(project.call("pid")).isNotEqualTo(pid);
        assertThat(project.reloaded()).isNull();
    }

    /// R9.3.4
    @Test
    void payloads_that_waited_in_a_worker_that_died_are_reported() {
        serve(
                """
                def ask():
                    reload_duckdb(lambda: os._exit(3))
                    reload_duckdb(lambda: _journal("never"))
                """);
        project.call("ask");

        assertThat(project.awaitEnded(2)).contains("its Python worker has ended before");
        assertThat(project.journal()).doesNotContain("never");
        assertThat(project.call("pieces")).isEqualTo(0L);
    }

    @Test
    void a_payload_that_does_not_end_in_time_is_ended() {
        project.site("reload: {payload_limit: 200ms}\n");
        serve("def ask():\n    reload_duckdb(lambda: time.sleep(600))\n");
        project.call("ask");

        assertThat(project.awaitEnded(1)).contains("reload.payload_limit");
        assertThat(project.call("pieces")).isEqualTo(0L);
    }

    /// R4.3.3
    @Test
    void calls_that_do_not_end_are_cancelled_with_a_clear_error() throws Exception {
        project.site("reload: {drain_limit: 100ms}\n");
        project.sqlTool(
                "endless", "SELECT count(*) AS c FROM range(100000000000) a, range(1000) b");
        serve(
                """
                def stuck():
                    _journal("stuck")
                    time.sleep(20)

                def ask():
                    reload_duckdb(lambda: _journal("exclusive" if _exclusive() else "locked"))
                """);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> python = threads.submit(() -> project.failure("stuck"));
            Future<String> sql = threads.submit(() -> project.failure("endless"));
            ReloadedProject.eventually(() ->
                    project.journal().contains("stuck") && project.status().activeRequests() == 2);
            project.call("ask");

            assertThat(python.get(60, TimeUnit.SECONDS)).contains("the server reloads");
            assertThat(sql.get(60, TimeUnit.SECONDS)).contains("the server reloads");
        }
        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.journal()).contains("exclusive");
    }

    /// R4.1.1
    @Test
    void asking_while_the_server_stops_does_nothing() {
        serve("def ask():\n    reload_duckdb(lambda: _journal('never'))\n");
        project.reload().stop();

        project.call("ask");

        project.stop();
        assertThat(project.journal()).containsExactly("init", "shutdown");
    }

    /// R4.9
    @Test
    void a_payload_that_goes_on_when_the_server_ends_is_ended_and_undone() throws Exception {
        serve(
                """
                def ask(path):
                    def payload():
                        _bring(path)
                        _journal("payload")
                        time.sleep(600)
                    reload_duckdb(payload)
                """);
        project.call("put", "count", "17");
        project.call("ask", "path", delivered(9).toString());
        ReloadedProject.eventually(() -> project.journal().contains("payload"));

        project.stop(Duration.ofMillis(50));

        assertThat(project.journal()).containsExactly("init", "shutdown", "payload");
        project.serve();
        assertThat(project.call("pieces")).isEqualTo(17L);
    }

    /// R9.5.2, R9.3: hooks run worker after worker, the payload in the one that asked.
    @Test
    void several_workers_reload_together() throws Exception {
        project.site("python: {workers: 2}\n");
        serve(
                """
                def refill(path):
                    asked = os.getpid()
                    def payload():
                        _journal("same" if os.getpid() == asked else "other")
                        _journal("exclusive" if _exclusive() else "locked")
                        _bring(path)
                    reload_duckdb(payload)
                """);
        project.call("refill", "path", delivered(5).toString());

        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.call("pieces")).isEqualTo(5L);
        assertThat(project.journal())
                .containsExactly(
                        "init",
                        "init",
                        "shutdown",
                        "shutdown",
                        "same",
                        "exclusive",
                        "init",
                        "init");
    }

    /// R9.3.4: the worker stays as long as functions wait in it, then gives way.
    @Test
    void a_worker_in_which_payloads_wait_outlives_a_change_of_its_files() {
        serve(
                """
                def ask():
                    def first():
                        with open("python/new.py", "w") as file:
                            file.write("")
                    reload_duckdb(first)
                    reload_duckdb(lambda: _journal("second in " + str(os.getpid())))
                """);
        Object pid = project.call("pid");
        project.call("ask");

        assertThat(project.awaitEnded(2)).isNull();
        assertThat(project.journal()).contains(String.valueOf(pid));
        assertThat(project.call("pid")).isNotEqualTo(pid);
    }

    // ---- what is kept across

    /// R3.9.3, S98
    @Test
    void a_stored_connection_dies_and_says_what_to_do() {
        serve(
                """
                KEPT = []

                def keep():
                    KEPT.append(db.connection)
                    return KEPT[0].execute("SELECT 7").fetchall()

                def use():
                    return KEPT[0].execute("SELECT 8").fetchall()
                """);
        project.call("keep");
        assertThat(project.call("use")).isEqualTo(List.of(List.of(8L)));

        assertThat(project.reloaded()).isNull();

        assertThat(project.failure("use"))
                .contains("Connection already closed")
                .contains("do not store db.connection");
    }

    /// R4.7.7
    @Test
    void background_work_with_a_connection_does_not_hold_the_file() {
        serve(
                """
                STATE = {"rounds": 0, "failures": []}

                def begin():
                    kept = db.connection
                    def work():
                        while True:
                            try:
                                kept.execute("SELECT count(*) FROM range(100000)").fetchall()
                            except Exception as failure:
                                STATE["failures"].append(type(failure).__name__)
                                break
                            STATE["rounds"] += 1
                        while True:
                            try:
                                db.execute("SELECT 1")
                                STATE["rounds"] += 1
                            except Exception as failure:
                                STATE["failures"].append(type(failure).__name__)
                                time.sleep(0.01)
                    context = contextvars.copy_context()
                    threading.Thread(target=context.run, args=(work,), daemon=True).start()

                def state():
                    return STATE

                def ask():
                    reload_duckdb(lambda: _journal("exclusive" if _exclusive() else "locked"))
                """);
        project.call("begin");
        ReloadedProject.eventually(() -> rounds() > 3);
        project.call("ask");

        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.journal()).contains("exclusive");
        long after = rounds();
        ReloadedProject.eventually(
                () -> rounds() > after + 3); // the proxy reaches the new database
    }

    private long rounds() {
        Map<?, ?> state = (Map<?, ?>) requireNonNull(project.call("state"));
        return ((Number) requireNonNull(state.get("rounds"))).longValue();
    }

    /// R4.7.4
    @Test
    void thousands_of_waiting_calls_hold_nothing_that_the_reload_needs() throws Exception {
        serve(
                """
                GO = threading.Event()

                def ask():
                    def payload():
                        _journal("payload")
                        while not os.path.exists("go"):
                            time.sleep(0.01)
                    reload_duckdb(payload)
                """);
        project.call("ask");
        ReloadedProject.eventually(() -> project.journal().contains("payload"));
        var answers = new ArrayList<Future<Object>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3000; i++) {
                answers.add(threads.submit(() -> project.call("pieces")));
            }
            var cancellation = new Cancellation();
            Future<Throwable> cancelled =
                    threads.submit(() ->
                            org.assertj.core.api.Assertions.catchThrowable(
                                    () -> project.call(cancellation, "pieces")));
            cancellation.cancel("the client has left");
            assertThat(cancelled.get()).hasMessage("the client has left");
            assertThat(project.status().inProgress()).isTrue();
            assertThat(project.names()).contains("pieces"); // lists do not wait
            project.file("go", "");
        }
        for (Future<Object> answer : answers) {
            assertThat(answer.get()).isEqualTo(0L);
        }
        assertThat(project.awaitEnded(1)).isNull();
    }

    /// R4.8: twice, as the original's test does; the old instance must not touch the new file.
    @Test
    void a_file_that_was_replaced_meanwhile_is_served_after_the_reload() throws Exception {
        serve(
                """
                def replace(path):
                    db.execute("INSERT INTO shelf VALUES (1)")
                    os.replace(path, SERVED)
                    db.execute("INSERT INTO shelf VALUES (2)")
                    reload_duckdb()
                """);
        for (int pieces = 100; pieces <= 200; pieces += 100) {
            project.call("replace", "path", delivered(pieces).toString());

            assertThat(project.awaitEnded(pieces / 100)).isNull();
            assertThat(project.call("pieces")).isEqualTo((long) pieces);
        }
        project.stop();
        assertThat(project.database().resolveSibling("db-dev.duckdb.wal")).doesNotExist();
    }

    @Test
    void a_project_of_sql_alone_reloads_without_python() throws Exception {
        project.sqlTool("pieces", "SELECT sum(pieces) AS pieces FROM shelf");
        ReloadedProject.database(project.database(), "CREATE TABLE shelf AS SELECT 3 AS pieces");
        project.serve();
        Files.move(
                delivered(4),
                project.database(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(project.reloaded()).isNull();
        assertThat(project.call("pieces")).asString().contains("4");
    }

    /// R4.5
    @Test
    void a_file_that_is_gone_is_made_anew() {
        serve("def ask():\n    reload_duckdb(lambda: os.remove(SERVED))\n");
        project.call("put", "count", "17");
        project.call("ask");

        assertThat(project.awaitEnded(1)).isNull();
        assertThat(project.call("pieces")).isEqualTo(0L);
    }
}
