package dev.mxcp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException.InvalidProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// R5.1, R5.2, R5.4.2-R5.4.5: what stops a start, and what validation leaves alone.
@Timeout(60)
@SuppressWarnings("NullAway.Init") // filled by BeforeEach
class PluginStartTest {
    private static final String HEAD =
            "from typing import *\nfrom mxcp.plugins import MXCPBasePlugin, udf\n";

    @TempDir Path folder;
    private EngineProject project;

    @BeforeEach
    void make() {
        project = new EngineProject(folder).site("plugin: [{name: till, module: tariff}]\n");
    }

    @AfterEach
    void close() {
        project.close();
    }

    /// R5.4.5: plugins are made, nothing of them is called.
    @Test
    void validation_knows_the_functions_and_calls_none() {
        project.write(
                        "plugins/tariff.py",
                        HEAD
                                + """
                                class MXCPPlugin(MXCPBasePlugin):
                                    @udf
                                    def price(self, n: int) -> int:
                                        open("called", "w").close()
                                        return n
                                """)
                .write("python/hooks.py", "open('imported', 'w').close()\n")
                .open(Engine.PythonUse.INSPECT);
        for (String sql :
                List.of(
                        "SELECT price_till(1) AS a",
                        "SELECT price_till($n) AS a",
                        "FROM range(price_till(3))",
                        "SELECT 1 AS a LIMIT price_till(1)")) {
            assertThat(project.engine().prepared(sql, List.of()).failure()).as(sql).isNull();
        }
        assertThat(project.engine().prepared("SELECT price_till('x', 1)", List.of()).failure())
                .isNotNull();
        assertThat(project.wrote("called")).isFalse();
        assertThat(project.wrote("imported")).isFalse();
        project.close();
        project.open();
        assertThat(project.engine().prepared("FROM range(price_till(3))", List.of()).failure())
                .isNull();
        assertThat(project.wrote("called")).isFalse();
        assertThat(project.query("SELECT price_till(2) AS a")).isEqualTo("[{\"a\":2}]");
        assertThat(project.wrote("called")).isTrue();
    }

    /// R5.2.3
    @ParameterizedTest
    @ValueSource(
            strings = {
                "raise OSError('no till')",
                "x = 1",
                "class MXCPPlugin: pass",
                "class MXCPPlugin(MXCPBasePlugin):\n    def __init__(self, config): raise KeyError('till')",
                "class MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def price(self, n) -> int: return n",
                "class MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def price(self, *n: int) -> int: return n",
                "class MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def price(self, n: int | str) -> int: return n",
                "class MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def price(self, n: int) -> tuple[int, int]: return n",
                "class MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def price(self, n: int) -> None: return n",
                "class Node:\n    next: 'Node'\nclass MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def price(self, n: Node) -> int: return 1",
            })
    void a_plugin_that_fails_stops_the_start(String code) {
        project.write("plugins/tariff.py", HEAD + code + "\n");
        for (Engine.PythonUse use : List.of(Engine.PythonUse.RUN, Engine.PythonUse.INSPECT)) {
            assertThatThrownBy(() -> project.open(use))
                    .isInstanceOf(InvalidProject.class)
                    .hasMessageContaining("plugin 'till' (module tariff) cannot be loaded: ");
        }
    }

    @Test
    void a_name_that_sql_has_already_stops_the_start() {
        project.site("plugin: [{name: concat, module: tariff}]\n")
                .write(
                        "plugins/tariff.py",
                        HEAD
                                + "class MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def list(self, n: int) -> int: return n\n");
        assertThatThrownBy(project::open)
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("there is a SQL function list_concat already");
    }

    /// R5.4.2: a method without annotations is left out.
    @Test
    void a_method_without_annotations_is_no_function() {
        project.write(
                        "plugins/tariff.py",
                        HEAD
                                + "class Base(MXCPBasePlugin):\n    @udf\n    def price(self, n: int) -> int: return n\n"
                                + "class MXCPPlugin(Base):\n    @udf\n    def bare(self, n): return n\n")
                .open();
        assertThat(
                        project.query(
                                "SELECT list(function_name) AS f FROM duckdb_functions() WHERE function_name LIKE '%\\_till' ESCAPE '\\'"))
                .isEqualTo("[{\"f\":[\"price_till\"]}]");
    }

    /// R5.1.1, R5.1.2
    @Test
    void configuration_is_checked() {
        project.site("plugin: [{name: till, module: tariff, config: missing}]\n");
        assertThatThrownBy(project::open)
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("Plugin configuration 'missing' not found");
        project.site("plugin: [{name: till, module: tariff}, {name: till, module: tariff}]\n");
        assertThatThrownBy(project::open)
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("there are two plugins named 'till'");
    }

    /// R9.5.2: the functions of a call run in the call's worker.
    @Test
    void with_several_workers_functions_follow_their_call() {
        project.site("plugin: [{name: till, module: tariff}]\npython: {workers: 2}\n")
                .write(
                        "plugins/tariff.py",
                        HEAD
                                + "import os\nclass MXCPPlugin(MXCPBasePlugin):\n    @udf\n    def pid(self, n: int) -> int: return os.getpid()\n")
                .write(
                        "python/endpoints.py",
                        """
                        import os
                        from mxcp.runtime import db, on_init

                        @on_init
                        def here():
                            assert db.execute("SELECT pid_till(1) AS p")[0]["p"] == os.getpid()

                        def pids():
                            rows = db.execute("SELECT DISTINCT pid_till(range::INTEGER) AS p FROM range(10000)")
                            return [row["p"] == os.getpid() for row in rows]
                        """)
                .tool("pids", "python", "{file: ../python/endpoints.py}")
                .open();
        for (int i = 0; i < 20; i++) {
            assertThat(project.run("pids")).isEqualTo("[true]");
            assertThat(
                            project.query(
                                    "SELECT count(DISTINCT pid_till(range::INTEGER)) AS n FROM range(10000)"))
                    .isEqualTo("[{\"n\":1}]");
        }
    }
}
