package dev.mxcp.engine.prompt;

/// A template that does not parse, or cannot be rendered with these values.
final class TemplateException extends RuntimeException {
    TemplateException(String message) {
        super(message);
    }

    static TemplateException at(int line, String message) {
        return new TemplateException(message + " (line " + line + ")");
    }
}
