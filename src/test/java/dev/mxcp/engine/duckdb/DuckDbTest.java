package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.project.Secret;
import dev.mxcp.project.SiteConfig.Extension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// X5, R7.1, Q8, K2: opening and closing.
@Timeout(60)
class DuckDbTest {
    @TempDir Path folder;

    @Test
    void makes_missing_folders_and_keeps_what_is_written() {
        Path file = folder.resolve("a/b/db.duckdb");
        try (DuckDb database = DuckDb.open(Databases.config(file, false))) {
            Databases.json(database, "CREATE TABLE t AS SELECT 42 AS a");
        }
        assertThat(file).exists();
        assertThat(Path.of(file + ".wal")).doesNotExist();
        try (DuckDb database = DuckDb.open(Databases.config(file, false))) {
            assertThat(Databases.json(database, "FROM t")).isEqualTo("[{\"a\":42}]");
            assertThat(database.version()).startsWith("v");
        }
    }

    /// X5, Q7
    @Test
    void read_only_creates_a_missing_file_and_refuses_writes() {
        Path file = folder.resolve("db.duckdb");
        try (DuckDb database = DuckDb.open(Databases.config(file, true))) {
            assertThat(file).exists();
            assertThatThrownBy(() -> Databases.json(database, "CREATE TABLE t (a INTEGER)"))
                    .isInstanceOf(DuckDbException.class)
                    .hasMessageContaining("read-only mode");
            assertThat(Databases.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
            assertThat(database.check("SELECT get_username()").failure()).isNull();
        }
    }

    @Test
    void says_why_a_file_cannot_be_opened() throws IOException {
        Path file =
                Files.writeString(folder.resolve("no.duckdb"), "this is no database".repeat(1000));
        assertThatThrownBy(() -> DuckDb.open(Databases.config(file, false)))
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a valid DuckDB database file");
    }

    /// R7.1.4: another process holds the file, then has it when we are gone.
    @Test
    void says_who_holds_the_file_and_leaves_it_at_the_end() throws Exception {
        Path file = folder.resolve("db.duckdb");
        DuckDb.open(Databases.config(file, false)).close();
        Process other = holder(file);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("opened");
            assertThatThrownBy(() -> DuckDb.open(Databases.config(file, false)))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("is in use by process " + other.pid());
        } finally {
            other.outputWriter().close();
            other.waitFor();
        }
        try (DuckDb database = DuckDb.open(Databases.config(file, false))) {
            Databases.json(database, "CREATE TABLE t AS SELECT 1 AS a");
            Session forgotten = database.borrow(Databases.call());
            Databases.json(forgotten, "BEGIN; INSERT INTO t VALUES (2)");
        }
        Process next = holder(file);
        try {
            assertThat(next.inputReader().readLine()).isEqualTo("opened");
        } finally {
            next.outputWriter().close();
            next.waitFor();
        }
    }

    /// R4.8: neither the new file nor a log that came with it is touched.
    @Test
    void leaves_a_file_alone_that_took_its_path() throws Exception {
        Path file = folder.resolve("db.duckdb");
        Path log = folder.resolve("db.duckdb.wal");
        DuckDb database = DuckDb.open(Databases.config(file, false));
        Databases.json(database, "CREATE TABLE t AS SELECT 1 AS a");
        Files.move(unfinished(), file, StandardCopyOption.REPLACE_EXISTING);
        Files.move(folder.resolve("new.duckdb.wal"), log, StandardCopyOption.REPLACE_EXISTING);
        byte[] bytes = Files.readAllBytes(file);
        byte[] logBytes = Files.readAllBytes(log);

        database.close();

        assertThat(database.released()).isTrue();
        assertThat(file).hasBinaryContent(bytes);
        assertThat(log).hasBinaryContent(logBytes);
        try (DuckDb next = DuckDb.open(Databases.config(file, false))) {
            assertThat(Databases.json(next, "FROM t")).isEqualTo("[{\"a\":2}]");
        }
    }

    /// A database whose last changes are still in its log, as a process leaves it that was killed.
    private Path unfinished() throws Exception {
        Path file = folder.resolve("new.duckdb");
        DuckDb.open(Databases.config(file, false)).close();
        Process writer = holder(file);
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("opened");
            writer.outputWriter().write('w');
            writer.outputWriter().flush();
            assertThat(writer.inputReader().readLine()).isEqualTo("written");
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return file;
    }

    private static Process holder(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Another process that opens a database and holds it until its input ends; for each byte it
    /// writes a table.
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (DuckDb database = DuckDb.open(Databases.config(Path.of(arguments[0]), false))) {
                java.io.Writer out =
                        new java.io.OutputStreamWriter(
                                new java.io.FileOutputStream(java.io.FileDescriptor.out),
                                java.nio.charset.StandardCharsets.UTF_8);
                out.write(database.version().isEmpty() ? "failed\n" : "opened\n");
                out.flush();
                while (System.in.read() >= 0) { // until the test closes the pipe
                    Databases.json(database, "CREATE TABLE t AS SELECT 2 AS a");
                    out.write("written\n");
                    out.flush();
                }
            }
        }
    }

    @Test
    void finds_files_of_the_project_by_relative_paths() throws IOException {
        Files.createDirectories(folder.resolve("seeds"));
        Files.writeString(folder.resolve("seeds/x.csv"), "a,b\n1,x\n");
        try (DuckDb database = open(List.of(), List.of())) {
            assertThat(Databases.json(database, "FROM 'seeds/x.csv'"))
                    .isEqualTo("[{\"a\":1,\"b\":\"x\"}]");
            assertThat(Databases.json(database, "FROM read_csv('seeds/*.csv')"))
                    .isEqualTo("[{\"a\":1,\"b\":\"x\"}]");
        }
    }

    /// Q8: no network is needed for what is there.
    @Test
    void loads_extensions_that_are_built_in() {
        try (DuckDb database =
                open(List.of(new Extension("json", null), new Extension("icu", null)), List.of())) {
            assertThat(
                            Databases.json(
                                    database,
                                    "SELECT json_extract('{\"a\":1}', '$.a')::INTEGER AS a"))
                    .isEqualTo("[{\"a\":1}]");
        }
    }

    @Test
    void an_extension_that_cannot_be_had_stops_the_start() {
        for (String name : List.of("no_such_extension_x", "bad name; DROP TABLE t")) {
            assertThatThrownBy(() -> open(List.of(new Extension(name, null)), List.of()))
                    .isInstanceOf(InvalidProject.class)
                    .hasMessageContaining("DuckDB extension '" + name + "'");
        }
        assertThatThrownBy(() -> open(List.of(new Extension("json", "elsewhere")), List.of()))
                .hasMessageContaining("elsewhere");
    }

    /// K2, R7.4
    @Test
    void secrets_are_created_whatever_their_names_and_values() {
        var secrets =
                List.of(
                        secret(
                                "we'ird \"name\"",
                                "http",
                                Map.of("bearer_token", "it's; a \"token\"")),
                        secret(
                                "headers",
                                "HTTP",
                                Map.of("extra_http_headers", Map.of("X-'a", "b'c"))),
                        secret("mine", "custom", Map.of("anything", "x")),
                        secret("broken", "http", Map.of("no_such_option", "x")),
                        secret("empty", "http", Map.of()));
        try (DuckDb database = open(List.of(), secrets)) {
            assertThat(
                            Databases.json(
                                    database,
                                    "SELECT name, persistent FROM duckdb_secrets() ORDER BY name"))
                    .isEqualTo(
                            "[{\"name\":\"headers\",\"persistent\":false},{\"name\":\"we'ird \\\"name\\\"\",\"persistent\":false}]");
        }
    }

    @Test
    void secrets_are_written_with_quotes_and_without_nulls() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("KEY_ID", "a'b");
        parameters.put("PORT", 5432L);
        parameters.put("REGION", null);
        parameters.put("odd key", true);
        parameters.put("SCOPE", List.of("s3://a", "s3://b"));
        assertThat(Secrets.statement(new Secret("n", "s3", parameters)))
                .isEqualTo(
                        "CREATE TEMPORARY SECRET \"n\" (TYPE \"s3\", KEY_ID 'a''b', PORT '5432', \"odd key\" 'true',"
                                + " SCOPE ['s3://a', 's3://b'])");
    }

    @SuppressWarnings("NullAway") // does not see the type annotations of compiled classes
    private static Secret secret(String name, String type, Map<String, Object> parameters) {
        return new Secret(name, type, parameters);
    }

    private DuckDb open(List<Extension> extensions, List<Secret> secrets) {
        return DuckDb.open(
                new DuckDb.Config(
                        folder.resolve("db.duckdb"),
                        false,
                        extensions,
                        secrets,
                        4,
                        4,
                        Duration.ofSeconds(5),
                        folder,
                        Databases.NATIVE));
    }
}
