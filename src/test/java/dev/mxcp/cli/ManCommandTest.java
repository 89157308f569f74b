package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Issue 6, item 10: man pages from what the parser knows
class ManCommandTest {
    @TempDir private Path folder;

    @Test
    void prints_the_page_of_a_command() {
        assertThat(man("man", "run"))
                .startsWith(".TH \"MXCP-RUN\" \"1\"")
                .contains(
                        ".SH NAME\nmxcp\\-run \\- Call one endpoint and print its result.\n",
                        ".SH SYNOPSIS\n.B mxcp run [OPTIONS] tool|resource|prompt NAME\n",
                        ".B \\-p, \\-\\-param NAME=VALUE\n",
                        ".SH EXAMPLES\n.nf\n  mxcp run tool")
                .doesNotContain("%n", "@|");
    }

    @Test
    void prints_the_page_of_the_program_with_all_commands() {
        assertThat(man("man")).contains("mxcp\\-drift\\-check (1)").doesNotContain("train");
    }

    @Test
    void installs_a_page_for_every_command() throws IOException {
        man("man", "--install", "share/man");

        try (Stream<Path> pages = Files.list(folder.resolve("share/man/man1"))) {
            List<String> names = pages.map(page -> page.getFileName().toString()).toList();
            assertThat(names).contains("mxcp.1", "mxcp-evals.1", "mxcp-man.1");
            assertThat(names).hasSize(CommandTree.read().commands().size() + 1);
        }
    }

    @Test
    void suggests_a_command_for_a_mistyped_one() {
        var terminal = Terminal.piped(folder);

        assertThat(terminal.run("man", "rnu")).isEqualTo(2);
        assertThat(terminal.err()).contains("No such command 'rnu'. Did you mean run?");
    }

    private String man(String... line) {
        var terminal = Terminal.piped(folder);
        assertThat(terminal.run(line)).as(terminal.err()).isZero();
        return terminal.out();
    }
}
