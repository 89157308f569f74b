package dev.mxcp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which tables a text of SQL names, by DuckDB's own word (issue 6, items 5 and 8).
class TablesNamedTest {
    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private EngineProject project;

    @BeforeEach
    void open() {
        project = new EngineProject(folder).open(Engine.PythonUse.NONE);
        project.query("CREATE TABLE stock (city TEXT, \"left\" INT)");
    }

    @AfterEach
    void close() {
        project.close();
    }

    @Test
    void finds_tables_in_joins_subqueries_and_several_statements() {
        assertThat(
                        project.engine()
                                .tablesNamedIn(
                                        "SELECT * FROM stock s JOIN town t ON s.city = t.name"
                                                + " WHERE s.city IN (SELECT c FROM \"Odd name\")"))
                .containsExactlyInAnyOrder("stock", "town", "Odd name");
        assertThat(project.engine().tablesNamedIn("SELECT 1; SELECT * FROM stock;"))
                .containsExactly("stock");
    }

    @Test
    void does_not_take_a_common_table_expression_for_a_table() {
        assertThat(
                        project.engine()
                                .tablesNamedIn(
                                        "WITH few AS (SELECT * FROM stock) SELECT * FROM few"))
                .containsExactly("stock");
    }

    @Test
    void needs_no_values_for_parameters() {
        assertThat(
                        project.engine()
                                .tablesNamedIn("SELECT * FROM stock WHERE city = $city LIMIT $n"))
                .containsExactly("stock");
    }

    @Test
    void finds_what_a_statement_writes() {
        assertThat(project.engine().tablesNamedIn("INSERT INTO main.stock VALUES ($city, 1)"))
                .containsExactly("stock");
        assertThat(project.engine().tablesNamedIn("UPDATE stock SET city = (SELECT c FROM town)"))
                .containsExactly("stock", "town");
        assertThat(
                        project.engine()
                                .tablesNamedIn(
                                        "WITH few AS (SELECT * FROM town) INSERT INTO stock (city) SELECT c FROM few JOIN other USING (c)"))
                .containsExactlyInAnyOrder("stock", "town", "other");
        assertThat(project.engine().tablesNamedIn("DELETE FROM stock WHERE city = $city"))
                .containsExactly("stock");
    }

    @Test
    void finds_nothing_in_what_is_not_sql() {
        assertThat(project.engine().tablesNamedIn("SELEC * FROM")).isEmpty();
        assertThat(project.engine().tablesNamedIn("")).isEmpty();
    }
}
