package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Issue 3, item 5: the managed environment is made with visible progress.
class ProgressLineTest {

    @Test
    void writes_one_line_a_step_into_a_pipe() {
        Terminal pipe = Terminal.piped(Path.of("/"));
        var progress = new ProgressLine(pipe.console());

        progress.step("Installing 2 packages into .mxcp/venv ...");
        progress.detail("Downloading");
        progress.done();

        assertThat(pipe.err())
                .isEqualToIgnoringNewLines("Installing 2 packages into .mxcp/venv ...");
        assertThat(pipe.out()).isEmpty();
    }

    @Test
    void keeps_one_line_on_a_terminal_and_takes_it_away() {
        Terminal terminal = Terminal.wide(80, false);
        var progress = new ProgressLine(terminal.console());

        progress.step("Installing ...");
        progress.detail("Downloading\u001b[2J");
        progress.done();

        assertThat(terminal.err())
                .startsWith("\r\u001b[KInstalling ...")
                .contains("\r\u001b[KInstalling ... Downloading")
                .doesNotContain("\n", "\u001b[2J")
                .endsWith("\r\u001b[K");
        assertThat(terminal.out()).isEmpty();
    }
}
