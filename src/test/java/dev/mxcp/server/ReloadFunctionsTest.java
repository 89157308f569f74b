package dev.mxcp.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// R4, R5: SQL functions of plugins across reloads. Each opens another database and makes the
/// plugins anew, so SQL must get to know the functions again.
@Timeout(120)
@SuppressWarnings("NullAway.Init") // filled by BeforeEach
class ReloadFunctionsTest {
    private static final String PLUGIN =
            """
            import os, time
            from mxcp.plugins import MXCPBasePlugin, udf
            from mxcp.runtime import db, reload_duckdb

            MADE = []

            class MXCPPlugin(MXCPBasePlugin):
                def __init__(self, config):
                    super().__init__(config)
                    MADE.append(1)
                    self.mark = config.get("mark", "none")
                    self.number = len(MADE)

                @udf
                def marked(self, n: int) -> str:
                    return f"{self.mark}{n}"

                @udf
                def generation(self) -> int:
                    return self.number

                @udf
                def leave(self) -> int:
                    os._exit(7)

                @udf
                def asks(self, n: int) -> int:
                    reload_duckdb(description=f"wanted by {n}")
                    return n + db.execute("SELECT generation_depot() AS g")[0]["g"]

                @udf
                def asks_for(self, marker: str) -> str:
                    def payload():
                        with open(marker, "a") as file:
                            file.write("paid")
                    reload_duckdb(payload)
                    for _ in range(20):
                        db.execute("SELECT marked_depot(1)")
                        time.sleep(0.01)
                    return "asked"
            """;

    private static final String ENDPOINTS =
            """
            import os
            from mxcp.runtime import db, on_init, on_shutdown, reload_duckdb

            SEEN = []

            # an import and hooks of each generation know the functions too
            SEEN.append(db.execute("SELECT marked_depot(0) AS m")[0]["m"])

            @on_init
            def _starts():
                SEEN.append(db.execute("SELECT marked_depot(1) AS m")[0]["m"])

            @on_shutdown
            def _stops():
                SEEN.append(db.execute("SELECT marked_depot(2) AS m")[0]["m"])

            def seen():
                return SEEN

            def pid():
                return os.getpid()

            def in_python():
                return db.execute("SELECT marked_depot(n::INTEGER) AS m FROM range(3) r(n)")[-1]["m"]

            def delivered():
                def payload():
                    import shutil
                    shutil.copy("delivered.duckdb", "data/db-dev.duckdb")
                reload_duckdb(payload)

            def fails():
                def payload():
                    raise ValueError("no delivery")
                reload_duckdb(payload)
            """;

    private static final String SITE = "plugin: [{name: depot, module: depot_plugin, config: c}]\n";

    @TempDir Path folder;
    private ReloadedProject project;

    @BeforeEach
    void serve() {
        project =
                new ReloadedProject(folder)
                        .site(SITE)
                        .file("plugins/depot_plugin.py", PLUGIN)
                        .sqlTool("marked", "SELECT marked_depot(7) AS m")
                        .sqlTool("generation", "SELECT generation_depot() AS g")
                        .sqlTool("leave", "SELECT leave_depot()")
                        .sqlTool(
                                "asks",
                                "SELECT sum(asks_depot(n::INTEGER)) AS s FROM range(5) r(n)")
                        .sqlTool("asks_for", "SELECT asks_for_depot('paid.txt') AS a");
        mark("amber");
        project.python(ENDPOINTS).serve();
    }

    @AfterEach
    void close() {
        project.close();
    }

    private void mark(String value) {
        project.file(
                "../home/.mxcp/config.yml",
                """
                mxcp: 1
                projects:
                  depot:
                    profiles:
                      dev:
                        plugin:
                          config:
                            c: {mark: %s}
                """
                        .formatted(value));
    }

    private @Nullable Object value(String tool) {
        List<?> rows = (List<?>) requireNonNull(project.call(tool));
        return ((Map<?, ?>) requireNonNull(rows.getFirst())).values().iterator().next();
    }

    @Test
    void work_after_a_reload_of_the_configuration_in_the_same_worker() {
        Object pid = project.call("pid");
        assertThat(value("generation")).isEqualTo(1L);

        for (long reload = 1; reload <= 3; reload++) {
            assertThat(project.reloaded()).isNull();

            assertThat(value("marked")).isEqualTo("amber7");
            assertThat(project.call("in_python")).isEqualTo("amber2");
            assertThat(value("generation")).isEqualTo(reload + 1); // the new instance, once
        }
        assertThat(project.call("pid")).isEqualTo(pid);
    }

    @Test
    void have_the_changed_configuration_of_their_plugin_and_so_have_hooks() {
        mark("violet");

        assertThat(project.reloaded()).isNull();

        assertThat(value("marked")).isEqualTo("violet7");
        assertThat(project.call("in_python")).isEqualTo("violet2");
        assertThat(project.call("seen"))
                .isEqualTo(List.of("amber0", "amber1", "amber2", "violet1"));
    }

    @Test
    void work_on_the_database_that_a_payload_brought() throws Exception {
        ReloadedProject.database(
                project.root.resolve("delivered.duckdb"), "CREATE TABLE shelf AS SELECT 3 AS n");
        project.call("delivered");

        assertThat(project.awaitEnded(1)).isNull();

        assertThat(value("marked")).isEqualTo("amber7");
        assertThat(project.call("in_python")).isEqualTo("amber2");
    }

    @Test
    void work_after_a_payload_that_failed() {
        mark("violet");
        project.call("fails");

        assertThat(project.awaitEnded(1)).contains("no delivery");

        assertThat(value("marked")).isEqualTo("amber7");
        assertThat(value("generation")).isEqualTo(2L);
    }

    /// R4.6: the database was open already and is opened once more for what was before.
    @Test
    void work_after_a_plugin_that_could_not_be_made_anew() {
        project.site("plugin: [{name: depot, module: nowhere, config: c}]\n");

        assertThat(project.reloaded()).contains("nowhere");

        assertThat(value("marked")).isEqualTo("amber7");
        assertThat(value("generation")).isEqualTo(2L);
    }

    @Test
    void work_in_the_fresh_worker_of_a_changed_plugin() {
        Object pid = project.call("pid");
        project.file("plugins/depot_plugin.py", PLUGIN.replace("{self.mark}", "new-{self.mark}"));

        assertThat(project.reloaded()).isNull();

        assertThat(value("marked")).isEqualTo("new-amber7");
        assertThat(project.call("pid")).isNotEqualTo(pid);
        assertThat(value("generation")).isEqualTo(1L);
    }

    @Test
    void are_gone_with_their_plugin_and_come_with_another_name() {
        project.site(
                "plugin: [{name: depot, module: depot_plugin, config: c}, "
                        + "{name: annex, module: depot_plugin, config: c}]\n");
        project.sqlTool("annexed", "SELECT marked_annex(1) AS m");
        assertThat(project.reloaded()).isNull();
        assertThat(value("annexed")).isEqualTo("amber1");

        project.site(SITE);
        project.sqlTool(
                "annexed",
                "SELECT function_name FROM duckdb_functions()"
                        + " WHERE function_name LIKE 'marked_%'");
        assertThat(project.reloaded()).isNull();

        assertThat(project.call("annexed"))
                .isEqualTo(List.of(Map.of("function_name", "marked_depot")));
    }

    @Test
    void work_in_a_worker_that_is_replaced_after_a_reload() {
        assertThat(project.reloaded()).isNull();
        assertThat(project.failure("leave")).contains("Python worker stopped");

        assertThat(value("marked")).isEqualTo("amber7");
        assertThat(project.reloaded()).isNull();
        assertThat(value("marked")).isEqualTo("amber7");
    }

    /// R4.7.3: it waits for the call whose statement it is; several without a payload are one.
    @Test
    void a_reload_wanted_inside_a_function_runs_after_the_call() {
        assertThat(value("asks")).isEqualTo(0L + 1 + 2 + 3 + 4 + 5); // all saw generation 1

        assertThat(project.awaitEnded(1)).isNull();

        assertThat((Long) value("generation")).isGreaterThan(1L);
        assertThat(value("marked")).isEqualTo("amber7");
    }

    /// R4.7.3, with a payload, whose function goes on querying.
    @Test
    void a_payload_defined_inside_a_function_runs_after_the_call() throws Exception {
        assertThat(value("asks_for")).isEqualTo("asked");

        assertThat(project.awaitEnded(1)).isNull();

        assertThat(Files.readString(project.root.resolve("paid.txt"))).isEqualTo("paid");
        assertThat(value("marked")).isEqualTo("amber7");
    }

    /// Calls in flight use the functions of their own generation to their end.
    @Test
    void no_call_loses_its_functions_to_reloads() throws Exception {
        var answers = new ArrayList<Future<@Nullable Object>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                boolean sql = i % 2 == 0;
                answers.add(
                        callers.submit(() -> sql ? value("marked") : project.call("in_python")));
            }
            for (int reload = 0; reload < 4; reload++) {
                assertThat(project.reloaded()).isNull();
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? "amber7" : "amber2");
        }
    }
}
