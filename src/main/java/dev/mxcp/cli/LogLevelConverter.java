package dev.mxcp.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--log-level` in any case.
final class LogLevelConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        String level = text.toUpperCase(Locale.ROOT);
        return switch (level) {
            case "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL" -> level;
            case "WARN" -> "WARNING";
            default ->
                    throw new TypeConversionException(
                            "'%s' is not one of DEBUG, INFO, WARNING, ERROR, CRITICAL"
                                    .formatted(text));
        };
    }
}
