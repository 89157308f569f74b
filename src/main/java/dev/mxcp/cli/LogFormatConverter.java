package dev.mxcp.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--log-format`.
final class LogFormatConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        return switch (text) {
            case "human", "json" -> text;
            default ->
                    throw new TypeConversionException(
                            "'%s' is not one of human, json".formatted(text));
        };
    }
}
