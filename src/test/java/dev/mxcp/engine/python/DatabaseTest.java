package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException.CallCancelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// R3.1-R3.9: `db.execute` and `db.connection` over the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // filled by BeforeAll
class DatabaseTest {
    private PythonProject project;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        project =
                new PythonProject(folder)
                        .file(
                                "python/tools.py",
                                """
                                import asyncio, datetime, decimal, threading
                                from mxcp.runtime import db

                                stored = None

                                def kinds():
                                    row = db.execute(\"\"\"select 1 as i, 0.5::double as f, 1.10::decimal(9,2) as d,
                                        date '2026-01-31' as day, timestamp '2026-01-31 01:02:03' as moment,
                                        'å' as t, null as nothing, true as b, 1::hugeint as h\"\"\")[0]
                                    return {k: [type(v).__name__, str(v)] for k, v in row.items()}

                                def params():
                                    return [
                                        db.execute("select ? as a, ? as b", {"x": "it's $5 ?", "y": 2}),
                                        db.execute("select ? as a", [1.5]), db.execute("select ? as a", (True,)),
                                        db.execute("select 1 as a where false"), db.execute("select 3 as a", {}),
                                    ]

                                def refused(what):
                                    try:
                                        db.execute("select ? as a", {"scalar": 5, "text": "ab", "set": [{1}]}[what])
                                    except Exception as error:
                                        return [type(error).__name__, [c.__name__ for c in type(error).__mro__][-4:-2]]

                                def no_such_table():
                                    try:
                                        db.execute("select * from no_such_table")
                                    except Exception as error:
                                        return [type(error).__name__, "no_such_table" in str(error)]

                                def raises(): db.execute("select * from no_such_table")

                                def many(rows):
                                    found = db.execute("select range as n, 'row ' || range as t from range(?)", [rows])
                                    return [len(found), found[-1]]

                                def connection():
                                    con = db.connection
                                    assert con is db.connection
                                    con.execute("create temp table scratch (n integer, word varchar)")
                                    con.executemany("insert into scratch values (?, ?)", [[5, "five"], [6, "six"], [9, "nine"]])
                                    seen = [db.execute("select count(*) as n from scratch")]
                                    cursor = con.execute("select n, word from scratch order by n desc")
                                    seen += [[c[0] for c in cursor.description], cursor.fetchone(), cursor.fetchmany(1),
                                             cursor.fetchall(), cursor.fetchone(), con.rowcount]
                                    value = con.execute("select 1.10::decimal(9,2) as d").fetchone()[0]
                                    seen.append([type(value).__name__, str(value)])
                                    con.begin()
                                    con.execute("delete from scratch")
                                    con.rollback()
                                    seen.append(con.sql("select * from scratch where n > 5 order by n").fetchall())
                                    seen.append(con.table("scratch").columns)
                                    return seen

                                def sessions():
                                    with db.connection as con:
                                        other = con.cursor()
                                        con.execute("create temp table only_here as select 1 as n")
                                        seen = []
                                        try:
                                            other.execute("select * from only_here")
                                        except Exception:
                                            seen.append("apart")
                                    try:
                                        con.execute("select 1")
                                    except Exception as error:
                                        seen.append(type(error).__name__)
                                    return seen

                                def store():
                                    global stored
                                    stored = db.connection
                                    stored.execute("create temp table kept as select 11 as n")

                                def use():
                                    return stored.execute("select n from kept").fetchall()

                                at_import = db.connection
                                at_import.execute("create temp table early as select 5 as n")

                                def use_of_import():
                                    return at_import.execute("select n from early").fetchall()

                                def use_in_thread():
                                    seen = []
                                    thread = threading.Thread(target=lambda: seen.append(use()))
                                    thread.start()
                                    thread.join()
                                    return seen

                                def drop():
                                    global stored
                                    stored = None

                                async def together():
                                    return await asyncio.gather(*(asyncio.to_thread(
                                        lambda n=n: db.execute("select ? as n", [n])[0]["n"]) for n in range(10)))

                                def endless():
                                    db.execute("select count(*) as n from range(10000000000) a, range(1000) b")

                                def temp_table_of_my_own(n):
                                    con = db.connection
                                    con.execute("create temp table mine as select ? as n", [n])
                                    return con.execute("select n from mine").fetchall()
                                """)
                        .start();
    }

    @AfterAll
    void stop() throws Exception {
        project.close();
    }

    /// R3.7 with the design's last table.
    @Test
    void values_of_rows() {
        assertThat(project.call("kinds"))
                .isEqualTo(
                        Map.of(
                                "i", List.of("int", "1"),
                                "f", List.of("float", "0.5"),
                                "d", List.of("float", "1.1"),
                                "day", List.of("date", "2026-01-31"),
                                "moment", List.of("datetime", "2026-01-31 01:02:03"),
                                "t", List.of("str", "å"),
                                "nothing", List.of("NoneType", "None"),
                                "b", List.of("bool", "True"),
                                "h", List.of("int", "1")));
    }

    /// R3.2
    @Test
    void forms_of_parameters() {
        assertThat(project.call("params"))
                .isEqualTo(
                        List.of(
                                List.of(Map.of("a", "it's $5 ?", "b", 2L)),
                                List.of(Map.of("a", 1.5)),
                                List.of(Map.of("a", true)),
                                List.of(),
                                List.of(Map.of("a", 3L))));
        for (String what : List.of("scalar", "text")) {
            assertThat(project.call("refused", "what", what))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .first()
                    .isEqualTo("InvalidInputException");
        }
        assertThat(project.call("refused", "what", "set"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .first()
                .isEqualTo("NotImplementedException");
    }

    /// R3.8
    @Test
    void errors_have_duckdbs_classes() {
        assertThat(project.call("no_such_table")).isEqualTo(List.of("CatalogException", true));
        assertThatThrownBy(() -> project.call("raises"))
                .hasMessageContaining("Catalog Error")
                .cause()
                .isInstanceOf(PythonError.class);
    }

    /// R9.2.1
    @Test
    void many_rows() {
        assertThat(project.call("many", "rows", 300_000L))
                .isEqualTo(List.of(300_000L, Map.of("n", 299_999L, "t", "row 299999")));
    }

    /// R3.9, S25
    @Test
    void the_raw_connection() {
        assertThat(project.call("connection"))
                .isEqualTo(
                        java.util.Arrays.asList(
                                List.of(Map.of("n", 3L)),
                                List.of("n", "word"),
                                List.of(9L, "nine"),
                                List.of(List.of(6L, "six")),
                                List.of(List.of(5L, "five")),
                                null,
                                -1L,
                                List.of("Decimal", "1.10"),
                                List.of(List.of(6L, "six"), List.of(9L, "nine")),
                                List.of("n", "word")));
        assertThat(project.call("sessions")).isEqualTo(List.of("apart", "ConnectionException"));
    }

    /// R3.9.3, R3.9.5: a stored connection goes on; one that was not stored ends with its call.
    @Test
    void stored_connections() throws Exception {
        assertThat(project.call("use_of_import")).isEqualTo(List.of(List.of(5L)));
        int before = project.database.open();
        project.call("connection");
        assertThat(project.database.open()).isEqualTo(before);
        project.call("store");
        assertThat(project.database.open()).isEqualTo(before + 1);
        assertThat(project.call("use")).isEqualTo(List.of(List.of(11L)));
        assertThat(project.call("use_in_thread")).isEqualTo(List.of(List.of(List.of(11L))));
        project.call("drop");
        PythonProject.eventually(() -> project.database.open() == before);
    }

    @Test
    void parallel_statements_of_one_call() {
        assertThat(project.call("together"))
                .isEqualTo(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L));
    }

    /// R2.9.2: running SQL of a cancelled call is interrupted.
    @Test
    void cancelling_interrupts_the_statement() {
        int before = project.database.open();
        var cancellation = new Cancellation();
        var context = project.context(Caller.ANONYMOUS, null, ClientMessages.NONE, cancellation);
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                .execute(() -> cancellation.cancel("too late"));

        assertThatThrownBy(() -> project.raw(context, "endless"))
                .isInstanceOf(CallCancelled.class)
                .hasMessage("too late");
        assertThat(project.database.open()).isEqualTo(before);
    }

    /// S26
    @Test
    void connections_of_concurrent_calls_are_apart() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<?>>();
            for (long i = 0; i < 50; i++) {
                long n = i;
                calls.add(
                        threads.submit(() ->
                                assertThat(project.call("temp_table_of_my_own", "n", n))
                                        .isEqualTo(List.of(List.of(n)))));
            }
            for (Future<?> call : calls) {
                call.get(30, TimeUnit.SECONDS);
            }
        }
    }
}
