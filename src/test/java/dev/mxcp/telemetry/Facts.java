package dev.mxcp.telemetry;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Attributes of spans, metrics and resources as texts.
public final class Facts {
    private Facts() {}

    /// The attributes by name.
    public static Map<String, String> of(List<KeyValue> attributes) {
        var facts = new TreeMap<String, String>();
        attributes.forEach(pair -> facts.put(pair.getKey(), text(pair.getValue())));
        return facts;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case INT_VALUE -> String.valueOf(value.getIntValue());
            default -> value.toString();
        };
    }
}
