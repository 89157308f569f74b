package dev.mxcp.cli;

import dev.mxcp.project.UserConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `streamable-http`, `sse` or `stdio`.
final class ProviderConverter implements ITypeConverter<UserConfig.Provider> {
    @Override
    public UserConfig.Provider convert(String text) {
        for (UserConfig.Provider provider : UserConfig.Provider.values()) {
            if (provider.yamlName().equals(text)) {
                return provider;
            }
        }
        throw new TypeConversionException(
                "'%s' is not one of streamable-http, sse, stdio".formatted(text));
    }
}
