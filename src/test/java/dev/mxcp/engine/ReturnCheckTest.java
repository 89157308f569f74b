package dev.mxcp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.duckdb.Prepared;
import dev.mxcp.project.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// O2, O3: the columns of a query against the declared `return`, without running it.
@SuppressWarnings("NullAway.Init") // filled by JUnit
class ReturnCheckTest {
    @TempDir Path folder;

    @Test
    void accepts_what_some_row_may_make_valid() {
        assertThat(mismatches("{type: integer, minimum: 5}", "SELECT 1.5::DOUBLE AS x")).isEmpty();
        assertThat(mismatches("{type: string, format: date}", "SELECT DATE '2030-01-31'"))
                .isEmpty();
        assertThat(mismatches("{type: array, items: {type: object}}", "SELECT 1 AS a")).isEmpty();
        assertThat(mismatches("{type: array}", "SELECT 1 AS a, 2 AS b")).isEmpty();
        assertThat(mismatches("{type: integer}", "SELECT NULL AS x")).isEmpty();
        assertThat(
                        mismatches(
                                "{type: object, properties: {a: {type: array, items: {type: string, enum: [x]}}}}",
                                "SELECT ['y'] AS a, 2 AS b"))
                .isEmpty();
        assertThat(mismatches("{type: integer}", "SELECT $x AS x")).isEmpty();
    }

    @Test
    void tells_what_every_row_breaks() {
        assertThat(mismatches("{type: boolean}", "SELECT 1 AS x"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.what()).contains("'x'", "INTEGER", "Expected boolean");
                    assertThat(found.keyPath()).isEqualTo("return");
                    assertThat(found.certain()).isTrue();
                });
        assertThat(mismatches("{type: array, items: {type: integer}}", "SELECT 1 AS x"))
                .singleElement()
                .extracting(ReturnMismatch::keyPath)
                .isEqualTo("return.items.type");
        assertThat(
                        mismatches(
                                "{type: object, properties: {a: {type: integer}}, additionalProperties: false}",
                                "SELECT 1 AS a, 2 AS b"))
                .singleElement()
                .extracting(ReturnMismatch::what)
                .asString()
                .contains("a column 'b' that 'return' does not admit");
        assertThat(
                        mismatches(
                                "{type: object, properties: {a: {type: object, properties: {b: {type: integer}}}}}",
                                "SELECT {'b': 'text'} AS a"))
                .singleElement()
                .extracting(ReturnMismatch::what)
                .asString()
                .contains("Property 'b': Expected integer");
    }

    @Test
    void a_declared_member_that_nothing_fills_is_no_certain_mistake() {
        assertThat(
                        mismatches(
                                "{type: object, properties: {a: {type: integer}, titel: {type: string}}}",
                                "SELECT 1 AS a, 'x' AS title"))
                .containsExactly(
                        new ReturnMismatch(
                                "the query has no column 'titel'; it will always be null",
                                "return.properties.titel",
                                "did you mean 'title'?",
                                false));
    }

    private List<ReturnMismatch> mismatches(String returns, String sql) {
        try (var project = new EngineProject(folder)) {
            project.write(
                    "tools/t.yml",
                    "mxcp: 1\ntool:\n  name: t\n  return: %s\n  source:\n    code: \"%s\"\n"
                            .formatted(returns, sql));
            project.open(Engine.PythonUse.NONE);
            Endpoint tool = project.engine().catalog().endpoints().getFirst();
            Prepared prepared = project.engine().prepared(sql, tool.parameters());
            return project.engine().mismatches(tool, prepared);
        }
    }
}
