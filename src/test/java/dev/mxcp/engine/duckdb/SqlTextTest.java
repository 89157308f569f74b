package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// V10.1, R3.2.1: what is seen in a text, compared with DuckDB's own parser.
class SqlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select /* a /* b */ $x */ $y, 1",
                "select $$ $q $$, $t$ $z $t$, $a",
                "select 'a''$n', e'\\'$n', $b",
                "select \"a$c\" from (select 1 as \"a$c\")",
                "select 1 -- $x\n, $d",
                "select $select, $From",
                "select a$b from (select 1 as a$b)",
                "select 1e5, 0x1F, 1_000, $e",
                "select $ x",
                "select $x1y, $é",
                "select [1,2][1:$f]",
                "select {'a': $g}",
                "select $1::int, '$2'",
                "select x'41', $h",
                "select '{\"a\":1}'::json->>'$.a', $k",
                "select e'a\\\\', $m",
                "select 1--$o\r, $p",
                "select $A, $a",
                "select $a/2, @ $b, $c::int[]",
                "select ?::int, ? -- ?",
                "select #1 from (select $z)",
                "select $my.f",
                "SELECT 1 AS \"x\"\"$y\", $z",
                "select $a is null or 1 = $a;",
                "select 1 where 'a' like $p escape '$'",
                "select '''$x''', $y",
                "select $_a1_",
                "select 1 /* * / ** */, $q",
                "select ($a::struct(b int))['b']",
                "select -$n, +$m, ~$o, $p%2"
            })
    void finds_the_parameters_that_duckdb_finds(String sql) {
        CApi api = CApi.of(NativeLibrary.load(Databases.NATIVE));
        try (Instance instance =
                        Instance.open(api, Path.of(Instance.IN_MEMORY), false, Path.of(""));
                Connection connection = instance.connect();
                PreparedStatement statement = PreparedStatement.of(api, connection.handle(), sql)) {
            assertThat(SqlText.of(sql).parameterNames())
                    .containsExactlyElementsOf(statement.parameterNames());
        }
    }

    @Test
    void splits_statements_where_they_end() {
        SqlText text =
                SqlText.of(" SELECT ';' ; -- one;\n\n;;create TEMP table \"x;\" (a int); /* ; */ ");
        assertThat(text.statements()).hasSize(2);
        assertThat(text.of(text.statements().getFirst())).isEqualTo("SELECT ';'");
        assertThat(text.of(text.statements().getLast()))
                .isEqualTo("create TEMP table \"x;\" (a int)");
        assertThat(text.statements().getLast().words()).startsWith("create", "temp", "table", "x;");
        assertThat(text.linesBefore(text.statements().getLast())).isEqualTo(2);
    }

    @Test
    void collects_parameters_of_all_statements() {
        SqlText text = SqlText.of("SELECT $a; SELECT $B, $A; SELECT '$c'");
        assertThat(text.parameterNames()).containsExactly("a", "B");
        assertThat(text.positional()).isFalse();
        assertThat(SqlText.of("SELECT ?, $2").positional()).isTrue();
    }

    @Test
    void sees_names_but_not_in_strings_and_comments() {
        SqlText text = SqlText.of("SELECT Get_Username(), 'get_user_email' -- get_request_header");
        assertThat(text.mentions(Set.of("get_username"))).isTrue();
        assertThat(text.mentions(Set.of("get_user_email", "get_request_header"))).isFalse();
        assertThat(SqlText.of("SELECT \"GET_USERNAME\"()").mentions(Set.of("get_username")))
                .isTrue();
    }

    @Test
    void sees_what_reads_outside() {
        assertThat(SqlText.of("FROM 'a.csv'").readsOutside()).isTrue();
        assertThat(SqlText.of("SELECT * FROM t JOIN read_parquet('x') USING (a)").readsOutside())
                .isTrue();
        assertThat(SqlText.of("SELECT * FROM t, read_csv('x')").readsOutside()).isTrue();
        assertThat(SqlText.of("SELECT a, lower(b) FROM t, range(3), unnest($x)").readsOutside())
                .isFalse();
        assertThat(SqlText.of("SELECT extract(year FROM d) FROM t").readsOutside()).isFalse();
    }

    @Test
    void never_fails() {
        for (String broken :
                List.of(
                        "'", "\"", "$$", "/*", "$", "$a$", "e'\\", "--", "\uD800", "$ ", "/",
                        "-")) {
            assertThat(SqlText.of(broken).source()).isEqualTo(broken);
        }
    }
}
