package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R1.4, R3.13, R5.2, R9.5, R9.9: starts and ends of workers.
@SuppressWarnings("NullAway.Init") // filled by BeforeEach
class LifecycleTest {
    @TempDir Path folder;
    private PythonProject project;

    @BeforeEach
    void make() throws Exception {
        project = new PythonProject(folder);
    }

    @org.junit.jupiter.api.AfterEach
    void end() throws Exception {
        project.close();
    }

    private static final String HOOKS =
            """
            import asyncio
            from mxcp.runtime import config, db, on_init, on_shutdown, plugins
            steps = ["import %s" % db.execute("select 1 as n")[0]["n"]]
            session = None

            @on_init
            def setup():
                global session
                session = object()
                db.execute("create table if not exists made as select 7 as n")
                steps.append("setup " + config.get_setting("project"))
                print("client initialized")

            @on_init
            async def later():
                await asyncio.sleep(0)
                global loop
                loop = asyncio.get_running_loop()
                steps.append("later")

            @on_shutdown
            def cleanup():
                print("client closed", session is not None, db.execute("select n from made")[0]["n"])

            @on_shutdown
            def fails():
                raise RuntimeError("no matter")

            @on_shutdown
            async def last():
                await asyncio.sleep(0)
                print("last", asyncio.get_running_loop() is loop)

            def look(): return steps
            async def same_loop(): return asyncio.get_running_loop() is loop
            """;

    /// S37-S43
    @Test
    void hooks_run_once_each_in_order() {
        project.file("python/tools.py", HOOKS).start();

        assertThat(project.call("look")).isEqualTo(List.of("import 1", "setup harbour", "later"));
        assertThat(project.call("same_loop")).isEqualTo(true);

        project.stop();
        assertThat(project.lines)
                .containsExactly(
                        "STDOUT|client initialized|" + hook("on_init") + "|on_init",
                        "STDOUT|client closed True 7|" + hook("on_shutdown") + "|on_shutdown",
                        "STDOUT|last True|" + hook("on_shutdown") + "|on_shutdown");
        assertThat(project.logs)
                .anyMatch(l ->
                        l.startsWith("ERROR|mxcp.worker|on_shutdown hook fails (tools) failed\n"))
                .anyMatch(l -> l.contains("RuntimeError: no matter"));
    }

    private String hook(String kind) {
        String line =
                project.lines.stream().filter(l -> l.endsWith("|" + kind)).findFirst().orElse("");
        return line.isEmpty() ? "" : line.split("\\|", -1)[2];
    }

    /// Issue 4: a failing init hook ends the start; what ran before is shut down (R3.13.7).
    @Test
    void a_failing_init_hook_fails_the_start() {
        project.file(
                "python/tools.py",
                """
                from mxcp.runtime import on_init, on_shutdown

                @on_init
                def connect():
                    raise ConnectionError("nobody answers at Zürich")

                @on_shutdown
                def close(): print("closed")
                """);

        assertThatThrownBy(() -> project.start())
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining(
                        "on_init hook connect (tools) failed: ConnectionError: nobody answers at Zürich")
                .hasMessageContaining("tools.py\", line 5, in connect");
        assertThat(project.lines).anyMatch(line -> line.startsWith("STDOUT|closed|"));
    }

    /// R1.4.3, R1.7
    @Test
    void a_file_that_cannot_be_imported_costs_only_its_endpoints() {
        project.file("python/a.py", "import no_such_module\n")
                .file("python/b.py", "def x(:\n")
                .file("python/tools.py", "def ok(): return 1\n")
                .start();

        assertThat(project.call("ok")).isEqualTo(1L);
        assertThat(project.logs)
                .anyMatch(l -> l.contains("a.py: No module named 'no_such_module'"))
                .anyMatch(l -> l.contains("b.py: invalid syntax") || l.contains("b.py: "));
        var broken = new PythonTarget.ToolFunction(project.root.resolve("python/b.py"), "x");
        assertThatThrownBy(() ->
                        project.running()
                                .call(project.context(), broken, new java.util.LinkedHashMap<>()))
                .isInstanceOf(EndpointFailed.class)
                .hasMessageStartingWith(
                        "Failed to execute Python code: Failed to load Python module from "
                                + project.root);
    }

    /// R3.13.8
    @Test
    void files_outside_the_python_folder_are_imported_at_the_start() {
        project.file(
                        "tools/impl.py",
                        "from mxcp.runtime import on_init\n@on_init\ndef f(): print('outside')\n")
                .outside("tools/impl.py")
                .start();
        project.stop();

        assertThat(project.lines).anyMatch(line -> line.startsWith("STDOUT|outside|"));
    }

    /// R3.11, R5.2, R5.7
    @Test
    void plugins_are_made_before_everything_else() {
        project.file(
                        "plugins/porter/__init__.py",
                        """
                        from mxcp.plugins import MXCPBasePlugin, on_shutdown
                        from mxcp.runtime import db

                        class MXCPPlugin(MXCPBasePlugin):
                            def __init__(self, config):
                                super().__init__(config)
                                self.greeting = config["greeting"] + str(db.execute("select 1 as n")[0]["n"])
                            def shutdown(self):
                                print("plugin ends", self.greeting)

                        @on_shutdown
                        def module_ends():
                            print("module ends")
                        """)
                .file(
                        "python/tools.py",
                        """
                        from mxcp.runtime import plugins
                        names = plugins.list()
                        def look():
                            return [names, plugins.get("second").greeting, plugins.get("third")]
                        """)
                .plugin("first", "porter", Map.of("greeting", "salve"))
                .plugin("second", "porter", Map.of("greeting", "hej"))
                .start();

        assertThat(project.call("look"))
                .isEqualTo(java.util.Arrays.asList(List.of("first", "second"), "hej1", null));
        project.stop();
        assertThat(project.lines.stream().map(l -> l.split("\\|", -1)[1]))
                .containsExactly("module ends", "plugin ends hej1", "plugin ends salve1");
    }

    /// R5.2.3
    @Test
    void a_plugin_that_fails_ends_the_start() {
        project.file("plugins/bad/__init__.py", "class MXCPPlugin: pass\n")
                .plugin("b", "bad", Map.of());

        assertThatThrownBy(() -> project.start())
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("plugin 'b' (module bad) cannot be loaded")
                .hasMessageContaining("does not derive from mxcp.plugins.MXCPBasePlugin");
    }

    /// R9.5.2
    @Test
    void several_workers_share_the_calls() throws Exception {
        project.file(
                        "python/tools.py",
                        "import os, time\ndef pid():\n    time.sleep(0.1)\n    return os.getpid()\n")
                .workers(2)
                .start();

        var pids = java.util.concurrent.ConcurrentHashMap.newKeySet();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<?>>();
            for (int i = 0; i < 16; i++) {
                calls.add(threads.submit(() -> pids.add(String.valueOf(project.call("pid")))));
            }
            for (Future<?> call : calls) {
                call.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(pids).hasSize(2);
    }

    /// A new worker imports anew and runs the init hooks again (R9.9).
    @Test
    void a_replacement_starts_from_scratch() {
        project.file("python/tools.py", HOOKS + "\nimport os\ndef die(): os._exit(1)\n").start();
        assertThatThrownBy(() -> project.call("die")).isInstanceOf(EndpointFailed.class);

        assertThat(project.call("look")).isEqualTo(List.of("import 1", "setup harbour", "later"));
    }

    /// R9.9: crash loop at start.
    @Test
    void a_worker_that_cannot_start_again_is_tried_again() throws Exception {
        project.file(
                        "python/tools.py",
                        """
                        import os
                        from mxcp.runtime import on_init
                        @on_init
                        def check():
                            if os.path.exists("broken"): raise RuntimeError("still broken")
                        def ok(): return 1
                        def die():
                            open("broken", "w").close()
                            os._exit(1)
                        """)
                .start();
        assertThatThrownBy(() -> project.call("die")).isInstanceOf(EndpointFailed.class);

        assertThatThrownBy(() -> project.call("ok"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("still broken");
        assertThat(project.running().outage()).contains("still broken");
        Files.delete(project.root.resolve("broken"));
        PythonProject.eventually(() -> "1".equals(tryOk()));
        assertThat(project.running().outage()).isNull();
    }

    private @Nullable String tryOk() {
        try {
            return String.valueOf(project.call("ok"));
        } catch (Unavailable _) {
            return null;
        }
    }

    @Test
    void a_worker_that_does_not_stop_is_killed() {
        project.file(
                        "python/tools.py",
                        """
                        import time
                        from mxcp.runtime import on_shutdown
                        @on_shutdown
                        def hang(): time.sleep(600)
                        """)
                .grace(Duration.ofMillis(300))
                .start();
        long began = System.nanoTime();
        project.stop();

        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void exit_functions_run_at_the_end() {
        project.file(
                        "python/tools.py",
                        """
                        import atexit, threading, time
                        atexit.register(print, "at exit")
                        threading.Thread(target=time.sleep, args=(600,)).start()
                        """)
                .start();
        project.stop();

        assertThat(project.lines).containsExactly("STDOUT|at exit|null|null");
    }

    @Test
    void old_and_missing_interpreters_are_named() {
        assertThatThrownBy(() -> project.interpreter("/no/such/python").start())
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("Python cannot be started: /no/such/python (the test)")
                .hasMessageContaining("MXCP_PYTHON");
        project.file(
                "old",
                "#!/bin/sh\necho mxcp-python-too-old 3.8.18 /usr/bin/python3 >&2\nexit 78\n");
        Path old = project.root.resolve("old");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> project.interpreter(old.toString()).start())
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("Python 3.8.18 is too old: " + old)
                .hasMessageContaining("python.interpreter");
    }

    /// R9.13
    @Test
    void the_socket_is_private_and_goes_with_the_workers() throws Exception {
        project.file(
                        "python/tools.py",
                        "def folder(): return open('/proc/self/cmdline').read().split(chr(0))[-3]\n")
                .start();
        Path sockets = Path.of(String.valueOf(project.call("folder")));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sockets)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(sockets)) {
            assertThat(files.map(Path::getFileName)).containsExactly(Path.of("socket"));
        }
        project.stop();
        assertThat(sockets).doesNotExist();
    }

    /// R9.9: `kill -9` of the server takes the worker along, even one that is busy.
    @Test
    void a_worker_dies_with_its_server() throws Exception {
        project.file(
                "python/tools.py",
                """
                import ctypes, os
                def pid(): return os.getpid()
                def forever(): ctypes.PyDLL(None).sleep(600)  # keeps the GIL: no Python code runs
                """);
        Process server =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                DyingServer.class.getName(),
                                project.root.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = server.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("worker ")) {
                line = out.readLine();
            }
            long worker = Long.parseLong(String.valueOf(line).substring("worker ".length()));
            server.destroyForcibly().waitFor();
            PythonProject.eventually(
                    () -> !ProcessHandle.of(worker).map(ProcessHandle::isAlive).orElse(false));
        }
    }

    /// A server for another process.
    static final class DyingServer {
        private DyingServer() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            var project = new PythonProject(Path.of(args[0])).start();
            Object pid = project.call("pid");
            Thread.ofVirtual().start(() -> project.call("forever"));
            System.out.println("worker " + pid);
            Thread.currentThread().join();
        }
    }
}
