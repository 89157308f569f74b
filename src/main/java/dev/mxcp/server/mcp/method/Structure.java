package dev.mxcp.server.mcp.method;

import dev.mxcp.types.TypeDef;
import org.jspecify.annotations.Nullable;

/// Whether and how a tool's result is sent as structured content to clients that know only objects
/// there (V12, M14.24).
enum Structure {
    /// Nothing is declared, nothing is sent.
    NONE,
    /// An object, sent as it is, with its schema.
    OBJECT,
    /// Anything else, sent as the member `result` of an object, with the schema of that object.
    WRAPPED,
    /// An object or null. There is no schema for that, and null is not sent.
    NULLABLE_OBJECT,
    /// A list or null, likewise.
    NULLABLE_WRAPPED;

    static Structure of(@Nullable TypeDef returns) {
        if (returns == null) {
            return NONE;
        }
        return switch (returns.shape()) {
            case TypeDef.ObjectOf _ -> returns.nullable() ? NULLABLE_OBJECT : OBJECT;
            case TypeDef.ListOf _ -> returns.nullable() ? NULLABLE_WRAPPED : WRAPPED;
            case TypeDef.Text _, TypeDef.Int _, TypeDef.Num _, TypeDef.Bool _ -> WRAPPED;
        };
    }
}
