package dev.mxcp.cli;

import dev.mxcp.project.EndpointKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `tool`, `resource` or `prompt`.
final class KindConverter implements ITypeConverter<EndpointKind> {
    @Override
    public EndpointKind convert(String text) {
        for (EndpointKind kind : EndpointKind.values()) {
            if (kind.yamlName().equals(text)) {
                return kind;
            }
        }
        throw new TypeConversionException(
                "'%s' is not one of tool, resource, prompt".formatted(text));
    }
}
