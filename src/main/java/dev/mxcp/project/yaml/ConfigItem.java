package dev.mxcp.project.yaml;

import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Origin;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One item of a list of a YAML file, read as [ConfigNode] reads.
public final class ConfigItem {
    private final YamlValue value;
    private final String path;
    private final boolean quotesValues;
    private final Problems problems;

    ConfigItem(YamlValue value, String path, boolean quotesValues, Problems problems) {
        this.value = value;
        this.path = path;
        this.quotesValues = quotesValues;
        this.problems = problems;
    }

    /// The item as a mapping; empty, with a problem added, when it is none.
    public Optional<ConfigNode> object() {
        if (value instanceof Mapping mapping) {
            return Optional.of(new ConfigNode(mapping, path, quotesValues, problems));
        }
        reject("a mapping", null);
        return Optional.empty();
    }

    /// Whether the item is a mapping.
    public boolean isObject() {
        return value instanceof Mapping;
    }

    /// The item as a string; the empty string, with a problem added, when it is none.
    ///
    /// @param expected what should stand here
    public String text(String expected) {
        if (value instanceof Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        reject(expected, quoting(value, quotesValues));
        return "";
    }

    /// The remedy for a scalar that should be a string.
    static @Nullable String quoting(YamlValue value, boolean quotesValues) {
        return value instanceof Scalar scalar
                        && scalar.value() != null
                        && mayQuote(scalar, quotesValues)
                ? "put it in quotes: \"" + scalar.text() + "\""
                : null;
    }

    static boolean mayQuote(Scalar scalar, boolean quotesValues) {
        return quotesValues && scalar.origin() != Origin.RESOLVED;
    }

    private void reject(String expected, @Nullable String fix) {
        problems.add("must be " + expected + ", not " + value.kind(), value.place(), path, fix);
    }
}
