package dev.mxcp.quality.testing;

import dev.mxcp.types.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// JSON text on one line with a blank behind commas and colons, as Python writes it.
final class SpacedJson {
    private SpacedJson() {}

    static String text(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(member ->
                                    Json.text(String.valueOf(member.getKey()))
                                            + ": "
                                            + text(member.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list ->
                    list.stream().map(SpacedJson::text).collect(Collectors.joining(", ", "[", "]"));
            case null, default -> Json.text(value);
        };
    }
}
