package dev.mxcp.quality.lint;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.EndpointFile;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlReader;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.project.yaml.YamlValue.Entry;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Sequence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where the keys of one endpoint file stand.
///
/// @param root null when the file has changed since it was loaded and is no YAML any more
record Places(SourcePlace file, @Nullable YamlValue root) {

    static Places of(YamlReader yaml, EndpointFile file) {
        return new Places(
                file.place(), yaml.read(file.path(), file.relativePath(), new Problems()));
    }

    /// The place of a key, or of what lacks it.
    SourcePlace of(Location location) {
        SourcePlace place = file;
        YamlValue value = root;
        for (Object step : location.path()) {
            switch (value) {
                case Mapping mapping when mapping.entries().containsKey(step) -> {
                    Entry entry = Objects.requireNonNull(mapping.entries().get(step));
                    place = entry.place();
                    value = entry.value();
                }
                case Sequence sequence
                        when step instanceof Integer index && index < sequence.items().size() -> {
                    value = sequence.items().get(index);
                    place = value.place();
                }
                case null, default -> {
                    return place;
                }
            }
        }
        return place;
    }

    /// Whether something is written there.
    boolean has(Location location) {
        YamlValue value = root;
        for (Object step : location.path()) {
            value =
                    switch (value) {
                        case Mapping mapping -> mapping.get(String.valueOf(step));
                        case Sequence sequence
                                when step instanceof Integer index
                                        && index < sequence.items().size() ->
                                sequence.items().get(index);
                        case null, default -> null;
                    };
        }
        return value != null;
    }
}
