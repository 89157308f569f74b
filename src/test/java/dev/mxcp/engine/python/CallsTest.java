package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.json.Json;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// R2, R3.10-R3.17, R9.6: calls of functions in a worker.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // filled by BeforeAll
class CallsTest {
    private PythonProject project;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        project =
                new PythonProject(folder)
                        .file("python/helpers/words.py", "def shout(w): return w.upper() + '!'\n")
                        .file(
                                "python/tools.py",
                                """
                                import asyncio, contextvars, threading, time
                                from mxcp.runtime import config, db, mcp, plugins
                                from mxcp.sdk.auth.context import get_user_context
                                from mxcp.sdk.executor.context import get_execution_context
                                from helpers.words import shout

                                mine = contextvars.ContextVar("mine", default="unset")
                                loops = set()
                                lock = asyncio.Lock()

                                def kinds(**values):
                                    return {k: [type(v).__name__, str(v)] for k, v in values.items()}

                                def greet(name: str, greeting: str = "hello") -> dict:
                                    return {"text": f"{greeting} {shout(name)}"}

                                async def wait(seconds):
                                    loops.add(id(asyncio.get_running_loop()))
                                    async with lock: pass
                                    await asyncio.sleep(seconds)
                                    return len(loops)

                                def awaitable():
                                    return wait(0)

                                async def numbers():
                                    async def inner():
                                        for n in range(3):
                                            yield n
                                    return {"numbers": inner()}

                                def rows():
                                    yield from db.execute("select 1 as a union all select 2 order by 1")

                                def fail(kind, text):
                                    raise {"key": KeyError, "value": ValueError, "exit": SystemExit,
                                           "stop": StopIteration, "interrupt": KeyboardInterrupt,
                                           "cancelled": asyncio.CancelledError}[kind](text)

                                async def afail(kind, text):
                                    fail(kind, text)

                                def lazy_import():
                                    import no_such_module

                                def leak(value):
                                    before = mine.get()
                                    mine.set(value)
                                    return before

                                def who():
                                    user, context = get_user_context(), get_execution_context()
                                    headers = context.get("request_headers")
                                    return [user and user.model_dump(), headers and headers.get("X-Req-Id"),
                                            headers, context.get("transport"), context.username]

                                def bare_thread():
                                    seen = []
                                    def run():
                                        try:
                                            seen.append(db.execute("select 1 as a"))
                                        except RuntimeError as error:
                                            seen.append(str(error))
                                    for target in (run, contextvars.copy_context().run):
                                        thread = threading.Thread(target=target, args=() if target is run else (run,))
                                        thread.start()
                                        thread.join()
                                    return seen

                                def settings():
                                    config.site_config["changed"] = True
                                    return {
                                        "secret": config.get_secret("key"), "bare": config.get_secret("bare"),
                                        "unknown": config.get_secret("nope"), "value": config.get_secret("key", "value"),
                                        "default": config.get_secret("key", "other", 7),
                                        "project": config.get_setting("project"),
                                        "path": config.get_setting("profiles.dev.duckdb.path"),
                                        "debug": config.get_setting("debug", default=False),
                                        "deep": config.get_setting("project.x", default="d"),
                                        "changed": config.get_setting("changed"), "user": config.user_config,
                                        "plugins": plugins.list()}

                                def untouched():
                                    return config.get_setting("changed", default="no")

                                async def tell():
                                    await mcp.info("one", logger_name="x")
                                    await mcp.warning("two", detail=3)
                                    await mcp.progress(1, 2, "half")

                                def tell_sync():
                                    asyncio.run(mcp.error({"a": [1]}))
                                    asyncio.run(mcp.progress(current=3))

                                stopped = []
                                async def patient():
                                    try:
                                        await asyncio.sleep(60)
                                    except asyncio.CancelledError:
                                        stopped.append("async")
                                        raise

                                def busy():
                                    while True:
                                        time.sleep(0.01)
                                        try:
                                            db.execute("select 1")
                                        except Exception as error:
                                            stopped.append(type(error).__name__)
                                            raise

                                def what_stopped():
                                    return stopped

                                def held(): return threading.current_thread() is threading.main_thread()

                                gate = threading.Barrier(40, timeout=20)
                                def together():
                                    gate.wait()
                                    return True

                                def runs_a_loop():
                                    async def one(): return 1
                                    return asyncio.run(one())

                                background = []
                                async def leaves_a_task():
                                    async def late():
                                        await asyncio.sleep(0.05)
                                        background.append(db.execute("select 42 as n")[0]["n"])
                                        background.append(get_user_context().username)
                                    asyncio.get_running_loop().keep = asyncio.create_task(late())

                                def what_it_did():
                                    return background

                                number = 5

                                class Word(str): pass
                                class Odd(Exception):
                                    def __str__(self): return Word("odd")
                                class Worse(Exception):
                                    def __str__(self): raise ValueError
                                def odd(): raise Odd
                                def worse(): raise Worse
                                """)
                        .file(
                                "python/city.py",
                                "def cities(): return ['Visby']\ndef other(): return 1\n")
                        .start();
    }

    @AfterAll
    void stop() throws Exception {
        project.close();
    }

    /// R2.2: arguments arrive as Python's own classes.
    @Test
    void arguments_arrive_as_python_values() {
        Object seen =
                project.call(
                        "kinds",
                        "text",
                        "å",
                        "number",
                        1.0,
                        "whole",
                        5L,
                        "day",
                        LocalDate.of(2026, 1, 31),
                        "time",
                        LocalTime.of(1, 2, 3),
                        "moment",
                        OffsetDateTime.parse("2026-01-31T01:02:03+02:00"),
                        "list",
                        List.of(1L, LocalDate.EPOCH),
                        "object",
                        Map.of("a", Map.of()));

        assertThat(seen)
                .isEqualTo(
                        Map.of(
                                "text",
                                List.of("str", "å"),
                                "number",
                                List.of("float", "1.0"),
                                "whole",
                                List.of("int", "5"),
                                "day",
                                List.of("date", "2026-01-31"),
                                "time",
                                List.of("time", "01:02:03"),
                                "moment",
                                List.of("datetime", "2026-01-31 01:02:03+02:00"),
                                "list",
                                List.of("list", "[1, datetime.date(1970, 1, 1)]"),
                                "object",
                                List.of("dict", "{'a': {}}")));
    }

    /// R1.5, R2.1, R2.2.2: shared modules, Python's own defaults.
    @Test
    void functions_use_modules_and_defaults() {
        assertThat(project.call("greet", "name", "ida")).isEqualTo(Map.of("text", "hello IDA!"));
        assertThatThrownBy(() -> project.call("greet"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessageContaining("missing 1 required positional argument: 'name'");
        assertThatThrownBy(() -> project.call("greet", "name", "x", "more", 1L))
                .hasMessageContaining("got an unexpected keyword argument 'more'");
        assertThatThrownBy(() -> project.call("number")).hasMessage("'int' object is not callable");
        assertThatThrownBy(() -> project.call("nothing"))
                .hasMessageContaining("Function 'nothing' not found in");
    }

    /// R2.1.2
    @Test
    void resources_have_a_function_too() {
        Path file = project.root.resolve("python/city.py");
        var byName = new PythonTarget.ResourceFunction(file, "cities");
        assertThat(
                        project.running()
                                .call(project.context(), byName, new LinkedHashMap<>())
                                .json()
                                .text())
                .isEqualTo("[\"Visby\"]");
        var unknown = new PythonTarget.ResourceFunction(file, "towns");
        assertThatThrownBy(() ->
                        project.running().call(project.context(), unknown, new LinkedHashMap<>()))
                .hasMessageContaining("it defines cities, other");
    }

    /// R2.3.1, R2.4.1, R2.4.2, R2.11
    @Test
    void sync_and_async_functions_and_generators() {
        assertThat(project.call("held")).isEqualTo(false);
        assertThat(project.call("runs_a_loop")).isEqualTo(1L);
        assertThat(project.call("wait", "seconds", 0L)).isEqualTo(1L);
        assertThat(project.call("awaitable")).isEqualTo(1L);
        assertThat(project.call("numbers")).isEqualTo(Map.of("numbers", List.of(0L, 1L, 2L)));
        assertThat(project.call("rows")).isEqualTo(List.of(Map.of("a", 1L), Map.of("a", 2L)));
    }

    @Test
    void the_type_at_the_top_is_told() {
        assertThat(project.raw(project.context(), "greet", "name", "x").typeName())
                .isEqualTo("dict");
        assertThat(project.raw(project.context(), "tell").typeName()).isEqualTo("NoneType");
    }

    /// R2.8: every exception is an ordinary error; the worker stays.
    @Test
    void exceptions_of_every_kind() {
        for (String tool : List.of("fail", "afail")) {
            assertThatThrownBy(() -> project.call(tool, "kind", "value", "text", "Zürich\n在庫なし 🪣"))
                    .isInstanceOf(EndpointFailed.class)
                    .hasMessage("Zürich\n在庫なし 🪣")
                    .cause()
                    .isInstanceOfSatisfying(
                            PythonError.class,
                            error -> {
                                assertThat(error.type()).isEqualTo("ValueError");
                                assertThat(error.traceback())
                                        .startsWith(
                                                "Traceback (most recent call last):\n  File \""
                                                        + project.root)
                                        .contains("in fail")
                                        .doesNotContain("_worker");
                            });
            assertThatThrownBy(() -> project.call(tool, "kind", "key", "text", "k"))
                    .hasMessage("'k'");
            assertThatThrownBy(() -> project.call(tool, "kind", "exit", "text", "3"))
                    .hasMessage("SystemExit: 3");
            assertThatThrownBy(() -> project.call(tool, "kind", "interrupt", "text", "x"))
                    .hasMessage("KeyboardInterrupt: x");
            assertThatThrownBy(() -> project.call(tool, "kind", "cancelled", "text", ""))
                    .hasMessageStartingWith("CancelledError");
        }
        assertThatThrownBy(() -> project.call("fail", "kind", "stop", "text", "x")).hasMessage("x");
        assertThatThrownBy(() -> project.call("odd")).hasMessage("odd");
        assertThatThrownBy(() -> project.call("worse")).hasMessageContaining("cannot be shown");
        assertThatThrownBy(() -> project.call("lazy_import"))
                .hasMessage("Failed to execute Python code: No module named 'no_such_module'");
        assertThat(project.call("held")).isEqualTo(false);
    }

    /// R2.8.2
    @Test
    void the_traceback_is_logged_once() throws Exception {
        assertThatThrownBy(() -> project.call("fail", "kind", "value", "text", "only once here"));

        PythonProject.eventually(
                () -> project.logs.stream().filter(l -> l.contains("only once here")).count() == 1);
        assertThat(project.logs)
                .anyMatch(line ->
                        line.startsWith(
                                        "ERROR|mxcp.endpoint|fail failed: ValueError: only once here\n")
                                && line.contains("tools.py\", line")
                                && line.endsWith("|fail"));
    }

    /// R9.6
    @Test
    void context_variables_of_user_code_do_not_leak() {
        assertThat(project.call("leak", "value", "a")).isEqualTo("unset");
        assertThat(project.call("leak", "value", "b")).isEqualTo("unset");
    }

    /// R3.16, R3.17
    @Test
    void user_and_headers() {
        var caller =
                new Caller(
                        "github",
                        "7",
                        "ida",
                        "ida@example.org",
                        null,
                        null,
                        Map.of("id", 7L),
                        "tok",
                        List.of("x"));
        var context =
                project.context(
                        caller, Map.of("x-req-id", "r1"), ClientMessages.NONE, new Cancellation());

        Object seen = Json.parse(project.raw(context, "who").json().toByteArray());

        var user = new LinkedHashMap<String, @Nullable Object>();
        user.put("provider", "github");
        user.put("user_id", "7");
        user.put("username", "ida");
        user.put("email", "ida@example.org");
        user.put("name", null);
        user.put("avatar_url", null);
        user.put("raw_profile", Map.of("id", 7L));
        user.put("external_token", "tok");
        user.put("capabilities", List.of("x"));
        assertThat(seen).isEqualTo(List.of(user, "r1", Map.of("x-req-id", "r1"), "cli", "ida"));
        assertThat(project.call("who"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly(null, null, null, "cli", null);
    }

    /// R2.3.2, R3.12
    @Test
    void bare_threads_have_no_context() {
        assertThat(project.call("bare_thread"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .satisfiesExactly(
                        refused ->
                                assertThat((String) refused)
                                        .contains("No execution context available"),
                        rows -> assertThat(rows).isEqualTo(List.of(Map.of("a", 1L))));
    }

    /// R3.10, R3.11
    @Test
    void configuration() {
        var expected = new LinkedHashMap<String, @Nullable Object>();
        expected.put("secret", Map.of("value", "s3cret"));
        expected.put("bare", Map.of());
        expected.put("unknown", null);
        expected.put("value", "s3cret");
        expected.put("default", 7L);
        expected.put("project", "harbour");
        expected.put("path", "data/db.duckdb");
        expected.put("debug", false);
        expected.put("deep", "d");
        expected.put("changed", true);
        expected.put("user", Map.of("mxcp", 1L));
        expected.put("plugins", List.of());
        assertThat(project.call("settings")).isEqualTo(expected);
        assertThat(project.call("untouched")).isEqualTo("no");
    }

    /// R3.15
    @Test
    void messages_reach_the_client_in_order() {
        var said = new ArrayList<String>();
        ClientMessages client =
                new ClientMessages() {
                    @Override
                    public void log(String level, @Nullable String logger, @Nullable Object data) {
                        said.add(level + " " + logger + " " + data);
                    }

                    @Override
                    public void progress(
                            double progress, @Nullable Double total, @Nullable String message) {
                        said.add(progress + "/" + total + " " + message);
                    }
                };
        for (String tool : List.of("tell", "tell_sync")) {
            project.raw(project.context(Caller.ANONYMOUS, null, client, new Cancellation()), tool);
        }

        assertThat(said)
                .containsExactly(
                        "info x one",
                        "warning null {message=two, detail=3}",
                        "1.0/2.0 half",
                        "error null {a=[1]}",
                        "3.0/null null");
    }

    /// R2.9.2, R9.10: the caller is free at once; async code is cancelled, sync code loses the
    /// database.
    @Test
    void cancelling_a_call() throws Exception {
        for (String tool : List.of("patient", "busy")) {
            var cancellation = new Cancellation();
            var context =
                    project.context(Caller.ANONYMOUS, null, ClientMessages.NONE, cancellation);
            var outcome =
                    CompletableFuture.supplyAsync(() -> project.raw(context, tool), virtual());
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                    .execute(() -> cancellation.cancel("Request cancelled"));

            assertThatThrownBy(() -> outcome.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(CallCancelled.class)
                    .hasMessageContaining("Request cancelled");
        }
        PythonProject.eventually(
                () -> List.of("async", "InterruptException").equals(project.call("what_stopped")));
    }

    @Test
    void an_interrupt_cancels_too() throws Exception {
        var failure = new CompletableFuture<Throwable>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                project.call("wait", "seconds", 60L);
                            } catch (RuntimeException cancelled) {
                                failure.complete(cancelled);
                            }
                        });
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(thread::interrupt);

        assertThat(failure.get(5, TimeUnit.SECONDS)).isInstanceOf(CallCancelled.class);
        assertThat(project.call("held")).isEqualTo(false);
    }

    /// R2.3.3, S85
    @Test
    void calls_run_at_the_same_time() throws Exception {
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var together = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 40; i++) {
                together.add(threads.submit(() -> project.call("together")));
                together.add(threads.submit(() -> project.call("wait", "seconds", 0.2)));
            }
            for (var one : together) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(8));
    }

    /// R2.4.3: a task goes on with the context of its call.
    @Test
    void tasks_outlive_their_call() throws Exception {
        var caller = new Caller("github", "7", "ida", null, null, null, null, null, List.of());
        project.raw(
                project.context(caller, null, ClientMessages.NONE, new Cancellation()),
                "leaves_a_task");

        PythonProject.eventually(() -> List.of(42L, "ida").equals(project.call("what_it_did")));
        assertThat(project.database.contexts()).anyMatch(c -> "ida".equals(c.caller().username()));
    }

    /// S26 in small: contexts never mix.
    @Test
    void many_callers_at_once_see_only_themselves() throws Exception {
        var wrong = new ArrayList<Object>();
        var done = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            String name = "user-" + i;
            Thread.ofVirtual()
                    .start(() -> {
                        var caller =
                                new Caller("x", "1", name, null, null, null, null, null, List.of());
                        var context =
                                project.context(
                                        caller, null, ClientMessages.NONE, new Cancellation());
                        String seen = project.raw(context, "who").json().text();
                        synchronized (wrong) {
                            if (!seen.contains("\"username\":\"" + name + "\"")) {
                                wrong.add(seen);
                            }
                        }
                        done.countDown();
                    });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
    }

    private static java.util.concurrent.Executor virtual() {
        return task -> Thread.ofVirtual().start(task);
    }
}
