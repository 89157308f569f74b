package dev.mxcp.types;

import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.ObjectOf;

/// Finds the `sensitive` flag inside a type (O7).
final class Sensitive {
    private Sensitive() {}

    /// Whether a type or any part of it is sensitive.
    static boolean anywhere(TypeDef type) {
        return type.sensitive()
                || switch (type.shape()) {
                    case ListOf list -> list.items() != null && anywhere(list.items());
                    case ObjectOf object ->
                            object.properties() != null
                                    && object.properties().values().stream()
                                            .anyMatch(Sensitive::anywhere);
                    case TypeDef.Text _, TypeDef.Int _, TypeDef.Num _, TypeDef.Bool _ -> false;
                };
    }
}
