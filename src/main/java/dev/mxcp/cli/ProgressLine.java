package dev.mxcp.cli;

import dev.mxcp.engine.python.InstallProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows on standard error that something takes its time, at every log level: on a terminal one
/// line that tells the latest step and is gone at the end, else one line a step.
final class ProgressLine implements InstallProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLine.class);
    private static final String CLEARED = "\r\u001b[K";
    private static final int WIDEST = 100;

    private final Console console;
    private String step = "";
    private boolean shown;

    ProgressLine(Console console) {
        this.console = console;
    }

    @Override
    public void step(String what) {
        step = what;
        if (console.errorIsTerminal()) {
            show("");
        } else {
            console.err().println(what);
            console.err().flush();
        }
    }

    @Override
    public void detail(String line) {
        LOG.debug("{}", line);
        if (console.errorIsTerminal()) {
            show(" " + Printable.line(line.strip()));
        }
    }

    @Override
    public void done() {
        if (shown) {
            console.err().print(CLEARED);
            console.err().flush();
            shown = false;
        }
    }

    private void show(String detail) {
        String text = step + detail;
        console.err().print(CLEARED + text.substring(0, Math.min(WIDEST, text.length())));
        console.err().flush();
        shown = true;
    }
}
