package dev.mxcp.project;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Endpoint.Tool;
import dev.mxcp.project.Endpoint.ToolAnnotations;
import dev.mxcp.project.EndpointFile.Policies;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The three built-in SQL tools (S7), as endpoints like any other.
public final class SqlTools {
    private static final TypeDef ROWS =
            TypeDef.of(
                    new TypeDef.ListOf(
                            TypeDef.of(new TypeDef.ObjectOf(null, List.of(), null)),
                            null,
                            null,
                            false));

    private SqlTools() {}

    /// The catalog with the SQL tools behind the project's own endpoints (V9).
    ///
    /// @param settings descriptions that replace the built-in ones
    public static Catalog addedTo(Catalog catalog, SiteConfig.SqlTools settings) {
        var endpoints = new ArrayList<>(catalog.endpoints());
        endpoints.add(
                tool(
                        "execute_sql_query",
                        Objects.requireNonNullElse(
                                settings.executeSqlQuery(),
                                "Run one SQL query on the project's DuckDB database and get its rows"),
                        List.of(text("sql", "The SQL text to run")),
                        new Code.SqlArgument("sql"),
                        new ToolAnnotations("SQL Query Executor", false, true, false, false)));
        endpoints.add(
                tool(
                        "list_tables",
                        Objects.requireNonNullElse(
                                settings.listTables(),
                                "List the tables and views of the project's database"),
                        List.of(),
                        sql(
                                """
                                SELECT table_name AS name, table_type AS type FROM information_schema.tables
                                WHERE table_schema = 'main' ORDER BY table_name\
                                """),
                        new ToolAnnotations("Database Table Lister", true, false, true, false)));
        endpoints.add(
                tool(
                        "get_table_schema",
                        Objects.requireNonNullElse(
                                settings.getTableSchema(),
                                "Get the columns of a table: name, type, and whether it may be null"),
                        List.of(text("table_name", "The table or view to look at")),
                        sql(
                                """
                                SELECT column_name AS name, data_type AS type, is_nullable AS nullable
                                FROM information_schema.columns WHERE table_name = $table_name
                                ORDER BY ordinal_position\
                                """),
                        new ToolAnnotations("Table Schema Inspector", true, false, true, false)));
        return new Catalog(endpoints, catalog.broken());
    }

    private static Tool tool(
            String name,
            String description,
            List<Parameter> parameters,
            Code code,
            ToolAnnotations annotations) {
        SourcePlace place = SourcePlace.of("built-in");
        @Nullable Map<String, @Nullable Object> noMetadata = null;
        var file =
                new EndpointFile(
                        Path.of("built-in"),
                        "built-in/" + name,
                        place,
                        List.of(),
                        List.of(),
                        Policies.NONE,
                        noMetadata,
                        Map.of());
        return new Tool(file, name, description, parameters, ROWS, code, annotations);
    }

    private static Parameter text(String name, String description) {
        return new Parameter(
                name,
                new TypeDef(TypeDef.Text.PLAIN, description, null, List.of(), null, false, false));
    }

    private static Code sql(String text) {
        return new Code.Sql(text, null, SourcePlace.of("built-in"));
    }
}
