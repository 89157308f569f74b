package dev.mxcp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.telemetry.LogRecord;
import dev.mxcp.telemetry.Observation;
import dev.mxcp.telemetry.Telemetry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T3, T5: what an engine tells of its calls.
class CallWatchTest {
    @TempDir Path folder;
    private final Notes notes = new Notes();
    private EngineProject project;

    @BeforeEach
    void open() {
        project =
                new EngineProject(folder)
                        .tool("one", "sql", "{code: SELECT 1 AS n}")
                        .tool("broken", "sql", "{code: SELECT 'secret-value'::INTEGER}")
                        .tool("two", "python", "{file: ../python/two.py}")
                        .write(
                                "python/two.py",
                                """
                                from mxcp.runtime import db

                                def two():
                                    db.execute("CREATE TEMP TABLE t AS SELECT 1")
                                    return "two"
                                """)
                        .open(new Engine.Options(Engine.PythonUse.RUN, false, "INFO", notes));
        notes.spans.clear(); // of the start
        notes.counts.clear();
    }

    @AfterEach
    void close() {
        project.close();
    }

    @Test
    void a_call_of_sql_is_a_tree_of_spans() {
        project.run("one");

        assertThat(notes.spans)
                .containsExactly(
                        "mxcp.endpoint.execute {mxcp.auth.authenticated=false,"
                                + " mxcp.endpoint.name=one, mxcp.endpoint.type=tool}",
                        " mxcp.validation.input {mxcp.validation.passed=true}",
                        " mxcp.execution_engine.execute {mxcp.execution.language=sql,"
                                + " mxcp.has_input_schema=false, mxcp.has_output_schema=false,"
                                + " mxcp.params.count=0}",
                        "  mxcp.duckdb.execute {db.operation=select, db.readonly=false,"
                                + " db.statement.hash=4531145a17146f20, db.system=duckdb}");
        assertThat(notes.counts)
                .containsEntry(
                        "mxcp.endpoint.requests_total"
                                + " [endpoint, one, type, tool, status, success, caller, cli-test]",
                        1)
                .containsEntry("mxcp.execution.total [language, sql, status, success, error, ]", 1)
                .containsEntry("mxcp.duckdb.queries_total [operation, select, status, success]", 1)
                .containsEntry(
                        "mxcp.endpoint.concurrent_executions [endpoint, one, type, tool]", 0);
    }

    @Test
    void what_python_asks_of_the_database_is_part_of_its_call() {
        project.run("two");

        assertThat(notes.spans.get(3))
                .isEqualTo(
                        "  mxcp.python.execute {mxcp.python.name=two,"
                                + " mxcp.python.params.count=0, mxcp.python.type=file}");
        assertThat(notes.spans.get(4)).startsWith("   mxcp.duckdb.execute {db.operation=create,");
    }

    /// T3: no value of a row or parameter leaves with a span's facts.
    @Test
    void a_failure_is_told_by_its_kind() {
        assertThatThrownBy(() -> project.run("broken")).isInstanceOf(EndpointFailed.class);

        assertThat(notes.spans).hasSize(4);
        assertThat(String.join("", notes.spans))
                .contains("failed=endpoint_failed")
                .doesNotContain("secret-value");
        assertThat(notes.counts)
                .containsEntry(
                        "mxcp.endpoint.errors_total"
                                + " [endpoint, broken, type, tool, caller, cli-test, error_type,"
                                + " endpoint_failed]",
                        1);
    }

    @Test
    void sessions_and_workers_can_be_asked_for_while_the_engine_is_open() {
        assertThat(notes.ask("mxcp.python.workers")).isEqualTo(1);
        assertThat(notes.ask("mxcp.python.calls")).isZero();
        assertThat(notes.ask("mxcp.duckdb.sessions")).isZero();
        assertThat(notes.ask("mxcp.duckdb.sessions_waiting")).isZero();

        project.close();

        assertThat(notes.gauges).isEmpty();
    }

    /// Writes down what it is told.
    private static final class Notes implements Telemetry {
        private final List<String> spans = new ArrayList<>();
        private final Map<String, Integer> counts = new TreeMap<>();
        private final Map<String, LongSupplier> gauges = new TreeMap<>();
        private int depth;

        @Override
        public synchronized Observation begin(String name) {
            int place = spans.size();
            spans.add(name);
            String indent = " ".repeat(depth++);
            Map<String, Object> facts = new TreeMap<>();
            return new Observation() {
                @Override
                public Observation set(String attribute, String value) {
                    facts.put(attribute, value);
                    return this;
                }

                @Override
                public Observation set(String attribute, long value) {
                    facts.put(attribute, value);
                    return this;
                }

                @Override
                public Observation set(String attribute, boolean value) {
                    facts.put(attribute, value);
                    return this;
                }

                @Override
                public void failed(String kind, Throwable failure) {
                    facts.put("failed", kind);
                }

                @Override
                public void close() {
                    synchronized (Notes.this) {
                        spans.set(place, indent + name + " " + facts);
                        depth--;
                    }
                }
            };
        }

        @Override
        public Observation serve(String name, UnaryOperator<@Nullable String> carrier) {
            return begin(name);
        }

        @Override
        public void count(String metric, String... attributes) {
            change(metric, 1, attributes);
        }

        @Override
        public synchronized void change(String metric, int by, String... attributes) {
            counts.merge(metric + " " + List.of(attributes), by, Integer::sum);
        }

        @Override
        public void took(String metric, long nanos, String... attributes) {}

        @Override
        public Registration gauge(String metric, LongSupplier value) {
            gauges.put(metric, value);
            return () -> gauges.remove(metric);
        }

        long ask(String metric) {
            return Objects.requireNonNull(gauges.get(metric), metric).getAsLong();
        }

        @Override
        public boolean wantsLog() {
            return false;
        }

        @Override
        public void log(LogRecord logged) {}

        @Override
        public @Nullable String traceId() {
            return null;
        }

        @Override
        public Map<String, String> handedOn() {
            return Map.of();
        }

        @Override
        public void close() {}
    }
}
