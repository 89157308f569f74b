package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// cli C0.1, C0.5
class UsageTest {
    @TempDir private Path folder;

    @Test
    void shows_help_without_a_command() {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run()).isZero();
        assertThat(terminal.out())
                .contains(
                        "Usage: mxcp",
                        "init",
                        "serve",
                        "run",
                        "list",
                        "query",
                        "validate",
                        "describe",
                        "doctor",
                        "dbt-config",
                        "dbt",
                        "completion")
                .doesNotContain("train-start-up", "\u001b[");
        assertThat(terminal.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "serve",
                "run",
                "list",
                "query",
                "validate",
                "describe",
                "doctor",
                "dbt-config",
                "completion"
            })
    void helps_with_every_command(String command) {
        for (String option : List.of("--help", "-h")) {
            var terminal = Terminal.piped(folder);

            assertThat(terminal.run(command, option)).isZero();
            assertThat(terminal.out())
                    .contains("Usage: mxcp " + command, "Examples:", "--profile", "--project-dir");
        }
    }

    @Test
    void tells_its_version() {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).startsWith("mxcp ");
    }

    @Test
    void suggests_a_command_for_a_mistyped_one() {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run("lits")).isEqualTo(2);
        assertThat(terminal.err()).contains("Error: No such command 'lits'. Did you mean list?");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void suggests_an_option_for_a_mistyped_one_and_prints_no_json() {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run("list", "--json-output", "--strct")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("Usage: mxcp list", "No such option: --strct", "Did you mean --strict?");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void does_not_take_abbreviated_options() {
        assertThat(Terminal.piped(folder).run("list", "--json-out")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run tool",
                "run tol x",
                "run tool x extra",
                "run tool x -p noequals",
                "run tool x -p =5",
                "run tool x -p a=@missing.json",
                "run tool x --user-context [1]",
                "run tool x --user-context {",
                "run tool x --user-context @missing.json",
                "run tool x --request-headers 5",
                "query",
                "query SELECT --file x.sql",
                "query --file missing.sql",
                "serve --transport carrier-pigeon",
                "serve --port many",
                "serve --sql-tools maybe",
                "list --log-level LOUD",
                "list --log-format xml"
            })
    void refuses_wrong_use_with_exit_code_2(String line) {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run(line.split(" "))).isEqualTo(2);
        assertThat(terminal.err()).contains("Usage: mxcp", "--help", "Error: ");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void names_the_format_of_a_parameter() {
        var terminal = Terminal.piped(folder);
        terminal.run("run", "tool", "x", "-p", "noequals");

        assertThat(terminal.err())
                .contains("Parameter must be in format name=value or name=@file.json: noequals");
    }

    @Test
    void prints_a_completion_script() {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run("completion")).isZero();
        assertThat(terminal.out())
                .contains("complete -F", "--json-output", "validate")
                .doesNotContain("train-start-up");
    }

    @Test
    void colours_help_on_a_terminal_only() {
        var terminal = Terminal.wide(100, true);
        terminal.run("--help");

        assertThat(terminal.out()).contains("\u001b[");
    }
}
