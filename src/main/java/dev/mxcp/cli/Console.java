package dev.mxcp.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The streams of one command (cli C0.7): results on standard output, everything else on standard
/// error, both in UTF-8. A reader that goes away early (`mxcp list | head -1`) is no error.
public final class Console {
    private static final int DEFAULT_COLUMNS = 120;
    private static final int NARROWEST = 40;

    private final InputStream in;
    private final OutputStream rawOut;
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;

    Console(InputStream in, OutputStream out, PrintStream err, Terminal terminal) {
        this.in = in;
        this.rawOut = out;
        this.out =
                new PrintStream(
                        new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
        this.err = err;
        this.terminal = terminal;
    }

    /// Which streams are terminals, how wide they are, and whether colours are welcome.
    record Terminal(boolean in, boolean out, boolean err, int columns, boolean colours) {
        /// Pipes everywhere.
        static final Terminal NONE = new Terminal(false, false, false, DEFAULT_COLUMNS, false);

        static Terminal of(Map<String, String> environment) {
            String terminals = System.getProperty("mxcp.terminals", "");
            boolean colours =
                    environment.getOrDefault("NO_COLOR", "").isEmpty()
                            && !environment.getOrDefault("TERM", "").equals("dumb");
            return new Terminal(
                    terminals.contains("0"),
                    terminals.contains("1"),
                    terminals.contains("2"),
                    Math.max(NARROWEST, Integer.getInteger("mxcp.columns", DEFAULT_COLUMNS)),
                    colours);
        }
    }

    /// Standard output. Buffered: [#flush()] ends a command.
    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    InputStream in() {
        return in;
    }

    /// Standard output itself, for the protocol of the stdio transport, its one user then.
    OutputStream protocol() {
        flush();
        return rawOut;
    }

    void flush() {
        out.flush();
        err.flush();
    }

    /// Whether a person can be asked.
    boolean interactive() {
        return terminal.in() && terminal.out();
    }

    /// Whether standard error is a terminal, where a line may be drawn again.
    boolean errorIsTerminal() {
        return terminal.err();
    }

    /// Width for tables; 0 when standard output is no terminal, and nothing has to fit.
    int columns() {
        return terminal.out() ? terminal.columns() : 0;
    }

    /// Words for standard output.
    Style style() {
        return new Style(terminal.out() && terminal.colours());
    }

    /// Words for standard error.
    Style errorStyle() {
        return new Style(terminal.err() && terminal.colours());
    }

    /// An error in the one form all commands share.
    void error(String message) {
        out.flush();
        err.println(errorStyle().red("Error:") + " " + Printable.lines(message));
    }

    /// Something the user should know that does not stop the command.
    void warning(String message) {
        out.flush();
        err.println(errorStyle().yellow("Warning:") + " " + Printable.lines(message));
    }

    /// Asks a yes/no question. No answer (end of input) is null.
    @Nullable Boolean ask(String question) {
        out.print(question + " [y/N]: ");
        out.flush();
        try {
            // not closed: standard input is not ours to close
            String answer =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .readLine();
            if (answer == null) {
                return null;
            }
            return answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes");
        } catch (IOException unreadable) {
            return null;
        }
    }
}
