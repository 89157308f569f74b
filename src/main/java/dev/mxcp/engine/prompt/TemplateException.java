package dev.mxcp.engine.prompt;

/// A template that does not parse, or cannot be rendered with these values.
final class TemplateException extends RuntimeException {
    private final String what;
    private final int line;

    private TemplateException(String message, String what, int line) {
        super(message);
        this.what = what;
        this.line = line;
    }

    TemplateException(String message) {
        this(message, message, 0);
    }

    static TemplateException at(int line, String message) {
        return new TemplateException(message + " (line " + line + ")", message, line);
    }

    /// The message without the line.
    String what() {
        return what;
    }

    /// Line of the template, from 1; 0 when it is not known.
    int line() {
        return line;
    }
}
