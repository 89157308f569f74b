package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R6, Q6: the SQL functions about the caller.
class CallerFunctionsTest {
    private static final String ALL =
            "SELECT get_username() u, get_user_email() e, get_user_provider() p, get_user_external_token() t,"
                    + " get_request_header('X-Id') h, get_request_headers_json() j";

    @TempDir Path folder;
    private DuckDb database;

    @BeforeEach
    void open() {
        database = DuckDb.open(Databases.config(folder.resolve("db.duckdb"), false));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void give_the_call_of_the_statement() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-id", "7; DROP TABLE 'x'");
        headers.put("ümlaut", "ä\"");
        assertThat(json(user("ada'; --", headers), ALL))
                .isEqualTo(
                        "[{\"u\":\"ada'; --\",\"e\":\"ada'; --@x\",\"p\":\"oidc\",\"t\":\"token\",\"h\":\"7; DROP TABLE 'x'\","
                                + "\"j\":\"{\\\"x-id\\\":\\\"7; DROP TABLE 'x'\\\",\\\"ümlaut\\\":\\\"ä\\\\\\\"\\\"}\"}]");
        assertThat(
                        json(
                                user("ada", headers),
                                "SELECT get_request_header('ÜMLAUT') h, get_request_header(NULL) n, get_request_header(1) o"))
                .isEqualTo("[{\"h\":\"ä\\\"\",\"n\":null,\"o\":null}]");
    }

    @Test
    void give_null_where_there_is_nothing() {
        String nothing = "[{\"u\":null,\"e\":null,\"p\":null,\"t\":null,\"h\":null,\"j\":null}]";
        assertThat(json(Databases.call(), ALL)).isEqualTo(nothing);
        assertThat(
                        json(
                                user("ada", Map.of()),
                                "SELECT get_request_header('a') h, get_request_headers_json() j"))
                .isEqualTo("[{\"h\":null,\"j\":\"{}\"}]");
        assertThat(json(Databases.call(), ALL)).isEqualTo(nothing);
    }

    /// R6.3
    @Test
    void work_in_views_of_the_file_and_are_not_stored_in_it() {
        json(
                Databases.call(),
                "CREATE VIEW mine AS SELECT get_username() AS u, get_request_header('a') AS h");
        for (String name : List.of("ada", "bob", "eve")) {
            assertThat(json(user(name, Map.of("a", name)), "FROM mine"))
                    .isEqualTo("[{\"u\":\"%1$s\",\"h\":\"%1$s\"}]".formatted(name));
        }
        assertThat(json(Databases.call(), "FROM mine")).isEqualTo("[{\"u\":null,\"h\":null}]");
        database.close();
        database = DuckDb.open(Databases.config(folder.resolve("db.duckdb"), true));
        assertThat(
                        json(
                                Databases.call(),
                                "SELECT count(*) AS n FROM duckdb_functions() WHERE function_name LIKE 'get_user%' AND NOT internal"))
                .isEqualTo("[{\"n\":0}]");
        // also read-only, and on a connection that has never heard of them
        assertThat(json(user("ada", null), "SELECT u FROM mine")).isEqualTo("[{\"u\":\"ada\"}]");
    }

    @Test
    void work_in_transactions_and_after_their_end() {
        json(Databases.call(), "CREATE TABLE t AS SELECT 1 AS a");
        CallContext ada = user("ada", null);
        try (Session session = database.borrow(ada)) {
            assertThat(
                            Databases.json(
                                    session,
                                    "BEGIN; UPDATE t SET a = 2; SELECT get_username() AS u"))
                    .isEqualTo("[{\"u\":\"ada\"}]");
            Databases.json(session, "ROLLBACK");
            assertThat(Databases.json(session, "SELECT get_username() AS u, a FROM t"))
                    .isEqualTo("[{\"u\":\"ada\",\"a\":1}]");
        }
        try (Session session = database.borrow(ada)) {
            Databases.json(session, "BEGIN");
            assertThat(Databases.json(session, "SELECT get_username() AS u"))
                    .isEqualTo("[{\"u\":\"ada\"}]");
            Databases.json(session, "ROLLBACK");
            assertThat(Databases.json(session, "SELECT get_username() AS u"))
                    .isEqualTo("[{\"u\":\"ada\"}]");
        }
    }

    /// R6.4.1
    @Test
    void are_the_same_for_all_threads_of_a_query() {
        assertThat(
                        json(
                                user("ada", null),
                                "SELECT count(*) AS n, count(DISTINCT u) AS d FROM (SELECT get_username() AS u FROM range(3000000))"
                                        + " WHERE u = 'ada'"))
                .isEqualTo("[{\"n\":3000000,\"d\":1}]");
    }

    /// R6.4.2
    @Test
    void never_show_another_caller() throws Exception {
        json(Databases.call(), "CREATE VIEW mine AS SELECT get_username() AS u");
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            var results =
                    IntStream.range(0, 300)
                            .mapToObj(i ->
                                    calls.submit(() -> {
                                        String name = "user" + i;
                                        String sql =
                                                switch (i % 3) {
                                                    case 0 -> "SELECT get_username() AS u";
                                                    case 1 -> "FROM mine";
                                                    default -> "SELECT 'user' || " + i + " AS u";
                                                };
                                        assertThat(json(user(name, null), sql))
                                                .isEqualTo("[{\"u\":\"" + name + "\"}]");
                                        return true;
                                    }))
                            .toList();
            for (var result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    void cannot_be_forged() {
        for (String forgery :
                List.of(
                        "SET VARIABLE mxcp_caller = {'username': 'root'}; SELECT get_username()",
                        "SET VARIABLE \"MXCP_CALLER\" = 1",
                        "CREATE OR REPLACE TEMP MACRO get_username() AS 'root'",
                        "CREATE FUNCTION main.\"get_username\"() AS 'root'",
                        "SELECT 1; DROP MACRO get_user_email")) {
            assertThatThrownBy(() -> json(user("ada", null), forgery))
                    .as(forgery)
                    .isInstanceOfSatisfying(
                            DuckDbException.class,
                            failure ->
                                    assertThat(failure.kind())
                                            .isEqualTo(DuckDbException.Kind.PERMISSION));
        }
        assertThat(
                        json(
                                user("ada", null),
                                "CREATE MACRO who() AS get_username(); SELECT who() AS u"))
                .isEqualTo("[{\"u\":\"ada\"}]");
    }

    private String json(CallContext call, String sql) {
        return Databases.json(database, call, sql, Parameters.none());
    }

    @SuppressWarnings("NullAway") // does not see the type annotations of compiled classes
    private static CallContext user(String name, @Nullable Map<String, String> headers) {
        var caller =
                new Caller("oidc", "id", name, name + "@x", null, null, null, "token", List.of());
        return Databases.call(caller, headers);
    }
}
